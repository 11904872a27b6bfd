import { isObject, type RequestId } from "../jsonrpc/message.ts";
import { JSON_RPC, RpcError } from "../jsonrpc/rpc-error.ts";
import type { Call, TraceContext } from "../kernel/call.ts";
import type { Dispatch } from "../kernel/compose.ts";
import { failed, type Outcome } from "../kernel/outcome.ts";
import { METHODS, type Methods } from "../protocol/index.ts";

/** How a call ended, in words that never grow in number. */
export type Status = "ok" | "tool_error" | "input_required" | "cancelled" | "error";

/** Says how `call` ended. A tool's own failure travels in a result, and is told apart here. */
export function statusOf(outcome: Outcome, call: Call): Status {
  if (outcome.kind === "input_required") return "input_required";
  // The signal is only looked at where it can matter, because a call makes it on demand.
  if (outcome.kind === "error") return call.signal.aborted ? "cancelled" : "error";
  return call.method === "tools/call" && outcome.result.isError === true ? "tool_error" : "ok";
}

/** The tool or prompt a call names. */
export function nameOf(call: Call): string | undefined {
  return paramOf(call, "name");
}

/** The resource a call names. */
export function uriOf(call: Call): string | undefined {
  return paramOf(call, "uri");
}

function paramOf({ method, params }: Call, wanted: "name" | "uri"): string | undefined {
  const row = Object.hasOwn(METHODS, method) ? (METHODS as Methods)[method] : undefined;
  const value = row?.kind === "request" && row.nameParam === wanted ? params[wanted] : undefined;
  return typeof value === "string" ? value : undefined;
}

/** The JSON-RPC id of the request; a call that one tool makes to another has none. */
export function requestIdOf(call: Call): RequestId | undefined {
  return (call as { readonly id?: RequestId }).id;
}

/** What `_meta` carries of a W3C trace. Clients of every revision may send it, so it is read here for those too. */
export function traceOf({ trace, params: { _meta } }: Call): TraceContext | undefined {
  if (trace !== undefined || !isObject(_meta)) return trace;
  const { traceparent, tracestate, baggage } = _meta;
  if (typeof traceparent !== "string") return undefined;
  return {
    traceparent,
    ...(typeof tracestate === "string" && { tracestate }),
    ...(typeof baggage === "string" && { baggage }),
  };
}

/** Takes `call` on, and tells `ended` what came of it, also where a step further in threw. */
export async function observe(
  call: Call,
  next: Dispatch,
  ended: (outcome: Outcome) => void,
): Promise<Outcome> {
  let outcome: Outcome;
  try {
    outcome = await next(call);
  } catch (error) {
    const bug = new RpcError(JSON_RPC.internalError, "Internal error.");
    ended(failed(error instanceof RpcError ? error : bug));
    throw error;
  }
  ended(outcome);
  return outcome;
}
