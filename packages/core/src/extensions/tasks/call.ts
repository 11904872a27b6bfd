import { answersFromJson } from "../../kernel/answers.ts";
import type { Call } from "../../kernel/call.ts";
import { RateLimit } from "../../kernel/rate-limit.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import type { TaskCall, TaskRecord } from "./record.ts";

/** Status messages that may come at once, and each second after that. */
const BURST = 3;
const PER_SECOND = 2;

/** The call a task is made of, without what belonged to its request alone. */
export function callToStore(call: Call): TaskCall {
  const { method, revision, client, principal, trace } = call;
  const { _meta, task, inputResponses, requestState, ...params } = call.params;
  return {
    method,
    params: params as JsonObject,
    revision,
    client: { info: client.info, capabilities: client.capabilities },
    principal,
    trace,
  };
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
