import type { JsonObject } from "../schema/json-schema.ts";
import type { Call } from "./call.ts";

/** Every field of a call, so that a new one cannot be forgotten here. */
type WholeCall = { readonly [Field in keyof Required<Call>]: Call[Field] };

/**
 * `call` with some fields replaced. Not the same as `{ ...call }`, which would lose its signal and its log: a
 * call makes these on demand.
 */
export function derivedCall(call: Call, changes: Partial<Omit<Call, "signal" | "log">>): Call {
  const copy: WholeCall = {
    id: call.id,
    method: call.method,
    params: call.params,
    revision: call.revision,
    principal: call.principal,
    connection: call.connection,
    client: call.client,
    trace: call.trace,
    progress: call.progress,
    answers: call.answers,
    depth: call.depth ?? 0,
    mayAsk: call.mayAsk,
    header: call.header,
    requestHeader: call.requestHeader,
    looked: call.looked,
    release: call.release,
    refusalOf: call.refusalOf,
    emit: call.emit,
    ...changes,
    get log() {
      return call.log;
    },
    get signal() {
      return call.signal;
    },
  };
  return copy;
}

/** The same call with other params, for middleware that narrows what is asked for. */
export function withParams(call: Call, params: JsonObject): Call {
  return derivedCall(call, { params });
}
