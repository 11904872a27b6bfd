import type { JsonObject } from "../schema/json-schema.ts";
import type { Call } from "./call.ts";

/** Every field of a call, so that a new one cannot be forgotten here. */
type WholeCall = { readonly [Field in keyof Required<Call>]: Call[Field] };

/** The same call with other params, for middleware that narrows what is asked for. */
export function withParams(call: Call, params: JsonObject): Call {
  const copy: WholeCall = {
    method: call.method,
    params,
    revision: call.revision,
    principal: call.principal,
    client: call.client,
    trace: call.trace,
    progress: call.progress,
    answers: call.answers,
    depth: call.depth ?? 0,
    mayAsk: call.mayAsk,
    emit: call.emit,
    // Looked up late: a call makes these on demand.
    get log() {
      return call.log;
    },
    get signal() {
      return call.signal;
    },
  };
  return copy;
}
