import { isObject } from "../jsonrpc/message.ts";
import type { Call, TraceContext } from "./call.ts";

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
