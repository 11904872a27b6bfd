import { isObject } from "../../jsonrpc/message.ts";
import { invalidParams } from "../../jsonrpc/rpc-error.ts";
import {
  type Answers,
  type AnswersJson,
  answersFromJson,
  answersToJson,
  NO_ANSWERS,
  withResponses,
} from "../../kernel/answers.ts";
import type { Call } from "../../kernel/call.ts";
import type { InputRequired } from "../../kernel/outcome.ts";
import type { Sealer } from "../../kernel/seal.ts";
import { InputRequest, project } from "../../protocol/index.ts";
import type { JsonObject, JsonValue } from "../../schema/json-schema.ts";

/** How long a client may take to answer, in milliseconds. */
const STATE_TTL_MS = 15 * 60_000;

/** True when a call comes again, with answers or a state. */
export function isRetry({ params }: Call): boolean {
  return params.requestState !== undefined || params.inputResponses !== undefined;
}

/**
 * What the client answered, with what was answered and done in earlier rounds.
 * @throws {RpcError} -32602 when the state was changed, is stale, or belongs to another call
 */
export async function openAnswers(call: Call, sealer: Sealer): Promise<Answers> {
  const { requestState, inputResponses } = call.params;
  const earlier = requestState === undefined ? NO_ANSWERS : await open(requestState, call, sealer);
  if (inputResponses === undefined) return earlier;
  if (!isObject(inputResponses)) throw invalidParams("inputResponses must be an object.");
  const responses = Object.entries(inputResponses).map(([key, response]) => {
    if (!isObject(response)) throw invalidParams(`inputResponses["${key}"] must be an object.`);
    return [key, response] as const;
  });
  return withResponses(earlier, responses);
}

async function open(state: JsonValue, call: Call, sealer: Sealer): Promise<Answers> {
  // basic/patterns/mrtr: MUST treat requestState as hostile and MUST reject what fails verification.
  const json = typeof state === "string" ? await sealer.open(state, binding(call)) : undefined;
  if (json === undefined) {
    throw invalidParams(
      "The requestState is not valid for this call (changed, expired, or from another one); call again without it.",
    );
  }
  return answersFromJson(json as unknown as AnswersJson);
}

/** Renders questions as an InputRequiredResult, its state sealed for the client to bring back. */
export async function encodeInput(
  outcome: InputRequired,
  call: Call,
  sealer: Sealer,
): Promise<JsonObject> {
  const state = answersToJson(outcome.answers) as unknown as JsonValue;
  const requests = [...outcome.requests].map(([key, request]) => [
    key,
    project(InputRequest, call.revision, request),
  ]);
  return {
    resultType: "input_required",
    inputRequests: Object.fromEntries(requests),
    requestState: await sealer.seal(state, binding(call), STATE_TTL_MS),
  };
}

// basic/patterns/mrtr: state SHOULD be bound to the principal, the method and the salient params.
function binding(call: Call): JsonValue {
  const { _meta, requestState, inputResponses, ...salient } = call.params;
  return ["state", call.principal?.id ?? null, call.method, sorted(salient)];
}

/** The same value with object keys in order, because a client may write them in another one. */
function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).sort();
  return keys.map((key) => [key, sorted(value[key] as JsonValue)]);
}
