import type { JsonObject, JsonValue } from "../schema/json-schema.ts";
import type { JsonRpcError, RequestId } from "./message.ts";

/** The codes JSON-RPC 2.0 itself defines. */
export const JSON_RPC = {
  parseError: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internalError: -32603,
} as const;

/** An error meant for the peer: its code, message and data go on the wire as they are. */
export class RpcError extends Error {
  override readonly name = "RpcError";
  readonly code: number;
  readonly data: JsonValue | undefined;

  /**
   * @param code a JSON-RPC or MCP error code
   * @param message one sentence: what was wrong and what to do
   * @param data what a program can act on
   */
  constructor(code: number, message: string, data?: JsonValue) {
    super(message);
    this.code = code;
    this.data = data;
  }

  /** The same error as the wire carried it, so that a proxy can hand it on unchanged. */
  static from(error: { code: number; message: string; data?: JsonValue }): RpcError {
    return new RpcError(error.code, error.message, error.data);
  }
}

/** The params break the method's contract. */
export function invalidParams(message: string, data?: JsonObject): RpcError {
  return new RpcError(JSON_RPC.invalidParams, message, data);
}

/** The receiver has no such method in the revision in use. */
export function methodNotFound(method: string): RpcError {
  return new RpcError(JSON_RPC.methodNotFound, `Method not found: ${method}`);
}

/** Renders `error` as the answer to request `id`; no id when the request's could not be read. */
export function errorResponse(error: RpcError, id?: RequestId): JsonRpcError {
  return {
    jsonrpc: "2.0",
    ...(id !== undefined && { id }),
    error: {
      code: error.code,
      message: error.message,
      ...(error.data !== undefined && { data: error.data }),
    },
  };
}
