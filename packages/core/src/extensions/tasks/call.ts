import { isObject } from "../../jsonrpc/message.ts";
import { answersFromJson } from "../../kernel/answers.ts";
import type { Call } from "../../kernel/call.ts";
import { RateLimit } from "../../kernel/rate-limit.ts";
import { traceOf } from "../../kernel/trace-of.ts";
import { META } from "../../protocol/index.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import type { TaskCall, TaskRecord } from "./record.ts";

/** Status messages that may come at once, and each second after that. */
const BURST = 3;
const PER_SECOND = 2;

/** The call a task is made of, without what served its request alone. */
export function callToStore(call: Call): TaskCall {
  const { id, method, revision, client, principal } = call;
  const { task, inputResponses, requestState, ...params } = call.params;
  return {
    id,
    method,
    params: withoutProgress(params as JsonObject),
    revision,
    client: { info: client.info, capabilities: client.capabilities },
    principal,
    trace: traceOf(call),
  };
}

/** What else is in `_meta` the task's own calls of tools need: since 2026-07-28 every request has one. */
function withoutProgress({ _meta, ...params }: JsonObject): JsonObject {
  if (!isObject(_meta)) return params;
  const { [META.progressToken]: _, ...kept } = _meta;
  return { ...params, _meta: kept };
}

/**
 * The stored call as one to dispatch: from the same caller, with what is answered already.
 * @param say takes what the handler says of its progress, in words; tasks have no progress or log messages
 */
export function asCall(
  { call, answers }: TaskRecord,
  signal: AbortSignal,
  say: (message: string) => void,
): Call {
  const limit = new RateLimit(BURST, PER_SECOND);
  return {
    ...call,
    answers: answersFromJson(answers),
    mayAsk: true,
    signal,
    emit: () => {},
    progress(_progress, _total, message) {
      if (message !== undefined && limit.take()) say(message);
    },
  };
}
