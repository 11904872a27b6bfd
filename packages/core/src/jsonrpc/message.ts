import type { JsonObject, JsonValue } from "../schema/json-schema.ts";

/** Identifies a request among its sender's outstanding ones. Never null in MCP. */
export type RequestId = string | number;

/** A call that wants an answer. */
export interface JsonRpcRequest {
  readonly jsonrpc: "2.0";
  readonly id: RequestId;
  readonly method: string;
  readonly params?: JsonObject;
}

/** A message that wants no answer. */
export interface JsonRpcNotification {
  readonly jsonrpc: "2.0";
  readonly method: string;
  readonly params?: JsonObject;
}

/** The answer to a request that succeeded. */
export interface JsonRpcResult {
  readonly jsonrpc: "2.0";
  readonly id: RequestId;
  readonly result: JsonObject;
}

/** The answer to a request that failed; `id` is absent only when the request's could not be read. */
export interface JsonRpcError {
  readonly jsonrpc: "2.0";
  readonly id?: RequestId;
  readonly error: { readonly code: number; readonly message: string; readonly data?: JsonValue };
}

/** Either answer. */
export type JsonRpcResponse = JsonRpcResult | JsonRpcError;

/** One JSON-RPC 2.0 message. */
export type JsonRpcMessage = JsonRpcRequest | JsonRpcNotification | JsonRpcResponse;

/** What a decoded JSON value turned out to be. */
export type MessageKind = "request" | "notification" | "response" | "invalid";

/** True for what may identify a request: a string or an integer (MCP basic/index: MUST NOT be null). */
export function isRequestId(value: unknown): value is RequestId {
  return typeof value === "string" || Number.isSafeInteger(value);
}

/** True for a JSON object: neither null, nor an array, nor a primitive. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Says what kind of message a decoded JSON value is, from its envelope alone. */
export function kindOf(value: unknown): MessageKind {
  if (!isObject(value) || value.jsonrpc !== "2.0") return "invalid";
  if (typeof value.method === "string") {
    if (value.params !== undefined && !isObject(value.params)) return "invalid";
    if (!Object.hasOwn(value, "id")) return "notification";
    return isRequestId(value.id) ? "request" : "invalid";
  }
  if (value.method !== undefined) return "invalid";
  if (isObject(value.result)) {
    // JSON-RPC 2.0 section 5: a result and an error MUST NOT both be there, not even as null.
    return isRequestId(value.id) && value.error === undefined ? "response" : "invalid";
  }
  return isErrorBody(value.error) ? "response" : "invalid";
}

function isErrorBody(error: unknown): boolean {
  return isObject(error) && Number.isInteger(error.code) && typeof error.message === "string";
}
