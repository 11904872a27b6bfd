import { RpcError } from "../jsonrpc/rpc-error.ts";
import type { Call } from "../kernel/call.ts";
import {
  MCP_ERROR,
  type ParamHeader,
  ParamHeaderError,
  paramHeaderMismatch,
  paramHeadersOf,
  type Tool,
} from "../protocol/index.ts";
import type { JsonObject, JsonSchemaObject } from "../schema/json-schema.ts";

const bySchema = new WeakMap<object, readonly ParamHeader[]>();

/**
 * Holds the headers a call of `tool` came with against its arguments (2026-07-28 basic/transports/streamable-http,
 * server behavior for custom headers: MUST reject what does not match).
 * @throws {RpcError} -32020 when they disagree
 */
export function checkParamHeaders(
  { inputSchema }: Pick<Tool, "inputSchema">,
  args: JsonObject,
  { header }: Pick<Call, "header">,
): void {
  if (!header) return;
  const headers = headersOf(inputSchema as JsonSchemaObject);
  if (headers.length === 0) return;
  const mismatch = paramHeaderMismatch(headers, args, header);
  if (mismatch) throw new RpcError(MCP_ERROR.headerMismatch, mismatch);
}

/**
 * Refuses a tool whose arguments ask for headers they cannot have. A client that uses HTTP MUST NOT list such a tool
 * (2026-07-28 basic/transports/streamable-http, schema extension), so its author learns it where it is defined.
 * @throws {TypeError} when `schema` breaks a rule of `x-mcp-header`
 */
export function requireParamHeaders(name: string, schema: JsonSchemaObject): void {
  try {
    paramHeadersOf(schema);
  } catch (error) {
    if (!(error instanceof ParamHeaderError)) throw error;
    throw new TypeError(`The input of tool ${name} breaks a rule of ${error.message}`);
  }
}

function headersOf(schema: JsonSchemaObject): readonly ParamHeader[] {
  const known = bySchema.get(schema);
  if (known) return known;
  const headers = annotated(schema);
  bySchema.set(schema, headers);
  return headers;
}

/** A tool of another server may be wrong. No client lists it, so whoever calls it sends no such headers. */
function annotated(schema: JsonSchemaObject): readonly ParamHeader[] {
  try {
    return paramHeadersOf(schema);
  } catch (error) {
    if (error instanceof ParamHeaderError) return [];
    throw error;
  }
}
