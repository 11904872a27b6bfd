import type { JsonObject } from "../schema/json-schema.ts";
import type { JsonRpcMessage, JsonRpcResult } from "./message.ts";

/** The JSON of results that last; empty until one is first written. */
const texts = new WeakMap<JsonObject, string>();

/**
 * Says that `result` is answered again and again, such as a list that every caller sees: its JSON is made once.
 * Freezes it, so that nobody can change what is already written; give only what is not changed further inside, either.
 */
export function lasting(result: JsonObject): JsonObject {
  if (!texts.has(result)) texts.set(Object.freeze(result), "");
  return result;
}

/** True for what was given to {@link lasting}. */
export function isLasting(result: JsonObject): boolean {
  return texts.has(result);
}

/**
 * The JSON of one message, or of a batch: what every wire carries.
 * @throws {TypeError} when JSON cannot say it
 */
export function textOf(message: JsonRpcMessage | readonly JsonRpcMessage[]): string {
  // Whoever tries a peer with what is no message sends null, too.
  const { id, result } = (message ?? {}) as JsonRpcResult;
  if (result === undefined || !texts.has(result)) return JSON.stringify(message);
  return `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":${lastingText(result)}}`;
}

function lastingText(result: JsonObject): string {
  const known = texts.get(result);
  if (known) return known;
  const text = JSON.stringify(result);
  texts.set(result, text);
  return text;
}
