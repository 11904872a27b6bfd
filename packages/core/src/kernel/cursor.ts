import { invalidParams } from "../jsonrpc/rpc-error.ts";
import type { JsonValue } from "../schema/json-schema.ts";
import type { Call } from "./call.ts";
import type { Sealer } from "./seal.ts";

/** One page of a list and where the next one starts. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Where to go on; absent on the last page. Any JSON value: it is sealed before it leaves. */
  readonly next?: JsonValue | undefined;
}

// server/utilities/pagination: cursors are opaque. Bound to method and caller, so one cannot be used
// to page through what somebody else may see.
function binding(call: Call): JsonValue {
  return ["cursor", call.method, call.principal?.id ?? null];
}

/** Where `call` asks to go on, or nothing on a first page. @throws {RpcError} -32602 for a cursor that is not ours */
export async function openCursor(sealer: Sealer, call: Call): Promise<JsonValue | undefined> {
  const { cursor } = call.params;
  if (typeof cursor !== "string") return undefined;
  const position = await sealer.open(cursor, binding(call));
  if (position === undefined) {
    throw invalidParams("Invalid cursor: start again without one.");
  }
  return position;
}

/** The `nextCursor` field for a page, or no field on the last one. */
export async function sealCursor(
  sealer: Sealer,
  call: Call,
  next: JsonValue | undefined,
): Promise<{ nextCursor?: string }> {
  return next === undefined ? {} : { nextCursor: await sealer.seal(next, binding(call)) };
}
