import type { JsonRpcMessage, RequestId } from "../jsonrpc/message.ts";
import type { RpcError } from "../jsonrpc/rpc-error.ts";
import type { Principal } from "../kernel/call.ts";
import type { Methods } from "../protocol/index.ts";

/** Who a transport delivers to: the server's or the client's end of one connection. */
export interface Receiver {
  /** The rows of what it sends, where that is not the protocol alone: HTTP repeats in a header what a row names. */
  readonly methods?: Methods;
  /**
   * One decoded JSON value, whatever it turned out to be. The receiver checks its envelope.
   * Called in the order of arrival, never before `start` returned.
   * @param principal who sent it, where each message says so and not the connection as a whole
   */
  message(value: unknown, principal?: Principal): void;
  /** Bytes arrived that are no message (not JSON, not UTF-8, too long, too deep). The connection lives on. */
  damaged(error: RpcError): void;
  /**
   * The connection is over, once, whoever ended it; with the reason when it was not a plain end. What was
   * being answered may still be sent where the peer only ended its side; then call `close` to free the rest.
   */
  closed(reason?: Error): void;
  /**
   * What carried this one request broke, and the connection lives on. Told only by transports that carry each
   * request apart, to receivers that send requests.
   */
  failed?(id: RequestId, reason: Error): void;
}

/**
 * One two-way connection that carries JSON-RPC messages and knows nothing of MCP. Implement it to run
 * MCP over anything that moves text (basic/transports: custom transports keep the message format).
 * Every implementation must pass `testTransport` of `@portico/core/testing`.
 */
export interface Transport {
  /** True where every request is answered, if only by an error of the transport, so that silence means slowness. */
  readonly answersEach?: boolean;
  /** Begins delivery to `receiver`. Called exactly once. */
  start(receiver: Receiver): void;
  /**
   * Queues one message, or a batch where the revision has them; order is kept. A broken connection does not
   * throw here, it is reported once through `closed`; what is sent after that is dropped.
   * @throws {TypeError | RangeError} when `message` cannot be written as JSON (a BigInt, a cycle, thousands of
   *   levels); nothing was sent and the connection lives on
   */
  send(message: JsonRpcMessage | readonly JsonRpcMessage[]): void;
  /** Resolves when the peer has taken enough of what was sent to send more; at once where there is no queue. */
  drained(): Promise<void>;
  /**
   * True while the peer has not taken what was sent, so that {@link Transport.drained} waits. Where it is absent,
   * nobody is held back for that.
   */
  readonly congested?: boolean;
  /**
   * Stops reading from the peer until `resume`; what was read already may still be delivered. A server does so to a
   * client that does not read. Without it, a peer can send as fast as this end reads.
   */
  pause?(): void;
  /** Reads on. */
  resume?(): void;
  /** Sends what is queued, then ends the connection and frees what it holds. Idempotent. */
  close(): Promise<void>;
}
