import { isObject, type JsonRpcMessage, type JsonRpcRequest } from "../../jsonrpc/message.ts";
import { encodeHeaderValue, HEADER, META, type Methods } from "../../protocol/index.ts";

/** Response types a client can read; 2025-03-26 and later: MUST list both on every POST. */
export const ACCEPT = "application/json, text/event-stream";

/** The revision a message says it is of; undefined for those of a legacy connection, which do not say. */
export function statedRevision(message: JsonRpcMessage): string | undefined {
  const meta = "params" in message ? message.params?._meta : undefined;
  const stated = isObject(meta) ? meta[META.protocolVersion] : undefined;
  return typeof stated === "string" ? stated : undefined;
}

/**
 * The headers that repeat fields of a modern request (2026-07-28 basic/transports/streamable-http, request metadata:
 * MUST be on each POST).
 */
export function modernHeaders(
  { method, params }: JsonRpcRequest,
  revision: string,
  methods: Methods,
): Record<string, string> {
  const headers: Record<string, string> = {
    [HEADER.protocolVersion]: revision,
    [HEADER.method]: encodeHeaderValue(method),
  };
  const row = Object.hasOwn(methods, method) ? methods[method] : undefined;
  const name = row?.kind === "request" && row.nameParam ? params?.[row.nameParam] : undefined;
  if (typeof name === "string") headers[HEADER.name] = encodeHeaderValue(name);
  return headers;
}
