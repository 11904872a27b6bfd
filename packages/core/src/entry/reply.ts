import type {
  JsonRpcNotification,
  JsonRpcRequest,
  JsonRpcResponse,
  RequestId,
} from "../jsonrpc/message.ts";
import { errorResponse, JSON_RPC, RpcError } from "../jsonrpc/rpc-error.ts";
import type { Notice, Principal } from "../kernel/call.ts";
import { METHODS, project, type Revision, rowFor } from "../protocol/index.ts";
import type { JsonObject } from "../schema/json-schema.ts";
import { masked } from "../server/dispatch.ts";

/** Where what belongs to one incoming message goes: the connection it came on, or a stream of its own. */
export interface Reply {
  /** Who sent the message, where the transport knows. */
  readonly principal: Principal | undefined;
  /** Reads a header of the HTTP request the message came in. */
  readonly requestHeader?: ((name: string) => string | undefined) | undefined;
  /** Sends what goes before the response: notifications, and a legacy server's requests. */
  send(message: JsonRpcRequest | JsonRpcNotification): void;
  /**
   * Sends the response, or those of a batch.
   * @param thrown what the response was made of when the request was refused before anything handled it
   */
  respond(response: JsonRpcResponse | readonly JsonRpcResponse[], thrown?: RpcError): void;
  /** Hangs up while the call goes on, where the client can come back for the rest. */
  readonly release?: ((retryMs: number) => void) | undefined;
}

/** Takes a failed request to its response: errors for the peer as they are, bugs behind a reference. */
export function respondFailure(
  error: unknown,
  id: RequestId,
  reply: Reply,
  report: (error: unknown) => string,
): void {
  if (error instanceof RpcError) reply.respond(errorResponse(error, id), error);
  else reply.respond(errorResponse(masked(report(error)), id));
}

/** A notice as `revision` has it; one that is not the protocol's own goes as it is. */
export function notificationOf(
  { method, params }: Notice,
  revision: Revision,
): JsonRpcNotification {
  const row = rowFor(METHODS, method, revision);
  const projected = row ? (project(row.params, revision, params) as JsonObject) : params;
  return { jsonrpc: "2.0", method, params: projected };
}

/** What is answered in place of a response that JSON cannot say. */
export function unwritable({ id }: JsonRpcResponse): JsonRpcResponse {
  const message = "The result cannot be written as JSON.";
  return errorResponse(new RpcError(JSON_RPC.internalError, message), id);
}

/** True for the responses to a batch. */
export function isBatch(
  response: JsonRpcResponse | readonly JsonRpcResponse[],
): response is readonly JsonRpcResponse[] {
  return Array.isArray(response);
}
