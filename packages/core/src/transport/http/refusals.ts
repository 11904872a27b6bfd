import type { RequestId } from "../../jsonrpc/message.ts";
import { errorResponse, JSON_RPC, RpcError } from "../../jsonrpc/rpc-error.ts";
import type { HttpAnswer } from "./head.ts";

/** The headers of an answer in JSON. */
export const JSON_HEADERS = { "Content-Type": "application/json" } as const;

/**
 * An error as an answer. Its body is a JSON-RPC error, without an id where there is no request to name
 * (basic/transports/streamable-http: MAY).
 */
export function errorAnswer(
  status: number,
  error: RpcError,
  id?: RequestId,
  headers?: Readonly<Record<string, string>>,
): HttpAnswer {
  return {
    status,
    headers: { ...JSON_HEADERS, ...headers },
    body: JSON.stringify(errorResponse(error, id)),
  };
}

/** Refuses a request for what HTTP says of it. */
export function refusal(
  status: number,
  message: string,
  headers?: Readonly<Record<string, string>>,
): HttpAnswer {
  return errorAnswer(status, new RpcError(JSON_RPC.invalidRequest, message), undefined, headers);
}

/** The refusal of a body that is longer than `maxBytes`; the connection ends, as its rest is not read. */
export function bodyTooLong(maxBytes: number): HttpAnswer {
  const message = `The body is longer than ${maxBytes} bytes; send less in one request.`;
  return refusal(413, message, { Connection: "close" });
}

/** The refusal of a body there is no room for now; the connection ends, as its rest is not read. */
export function bodyUnwelcome(): HttpAnswer {
  const message = "Too many bytes are being sent to this server; try again later.";
  return refusal(503, message, { "Retry-After": "5", Connection: "close" });
}

/** The refusal of a body that is not UTF-8 (basic/index: messages MUST be UTF-8). */
export function bodyNotText(): HttpAnswer {
  const error = new RpcError(JSON_RPC.parseError, "Parse error: the body is not valid UTF-8.");
  return errorAnswer(400, error);
}

/** The refusal of one more of what there is too much of. */
export function tooMany(what: string): HttpAnswer {
  return refusal(503, `Too many ${what} are open; try again later.`, { "Retry-After": "5" });
}
