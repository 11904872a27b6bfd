import type { Wire } from "../era/client-era.ts";
import { InvalidResponse } from "../era/client-era.ts";
import {
  isObject,
  type JsonRpcRequest,
  type JsonRpcResponse,
  kindOf,
  type RequestId,
} from "../jsonrpc/message.ts";
import { errorResponse, JSON_RPC, RpcError } from "../jsonrpc/rpc-error.ts";
import {
  ConnectionClosed,
  PendingRequests,
  type Send,
  type WaitOptions,
} from "../kernel/pending.ts";
import type { Methods } from "../protocol/index.ts";
import type { JsonObject } from "../schema/json-schema.ts";
import type { Receiver, Transport } from "../transport/transport.ts";

/** Most requests of the server under way, answers it has not read included; beyond them they are dropped. */
const MOST_SERVED = 10_000;

/** What a connection hands to its owner. */
export interface ConnectionOwner {
  /** The rows of what is sent. */
  readonly methods: Methods;
  /** True while the server may send requests of its own; otherwise they are dropped. */
  answersRequests(): boolean;
  /** True while the server may send arrays of messages; otherwise they are dropped. */
  acceptsBatches(): boolean;
  /** Answers a request of the server; what it rejects with is masked unless it is an `RpcError`. */
  request(method: string, params: JsonObject, signal: AbortSignal): Promise<JsonObject>;
  notification(method: string, params: JsonObject): void;
  /** The connection is over, once. */
  closed(reason: ConnectionClosed): void;
}

/**
 * JSON-RPC over one transport, seen from the client. Whatever a server sends, nothing is thrown here: what
 * is no message, or answers nothing, is dropped, as servers do print banners and answer late.
 */
export class Connection implements Wire, Receiver {
  readonly #transport: Transport;
  readonly #owner: ConnectionOwner;
  readonly #pending = new PendingRequests();
  readonly #serving = new Map<RequestId, AbortController>();
  #served = 0;
  readonly #send: Send = (message) => this.#transport.send(message);
  #over: ConnectionClosed | undefined;

  constructor(transport: Transport, owner: ConnectionOwner) {
    this.#transport = transport;
    this.#owner = owner;
    transport.start(this);
  }

  get answersEach(): boolean {
    return this.#transport.answersEach === true;
  }

  get methods(): Methods {
    return this.#owner.methods;
  }

  get isOver(): boolean {
    return this.#over !== undefined;
  }

  request(method: string, params?: JsonObject, wait?: WaitOptions): Promise<JsonObject> {
    return this.open(method, params, wait).result;
  }

  open(method: string, params?: JsonObject, wait?: WaitOptions) {
    if (this.#over) return { id: 0, result: Promise.reject(this.#over) };
    return this.#pending.open(this.#send, method, params, wait);
  }

  notify(method: string, params?: JsonObject): void {
    if (!this.#over) this.#send({ jsonrpc: "2.0", method, ...(params && { params }) });
  }

  async close(): Promise<void> {
    this.closed(new Error("this client closed it"));
    await this.#transport.close();
  }

  message(value: unknown): void {
    if (this.#over) return;
    if (Array.isArray(value)) return void this.#batch(value);
    void this.#take(value)?.then((response) => response && this.#reply(response));
  }

  damaged(error: RpcError): void {
    // Text that is no JSON is some banner. A message too large to read is the answer, if only one is awaited.
    if (error.code !== JSON_RPC.invalidRequest) return;
    this.#pending.failOnly(unread(error));
  }

  failed(id: RequestId, reason: Error): void {
    this.#pending.fail(id, reason instanceof RpcError ? unread(reason) : reason);
  }

  closed(reason?: Error): void {
    if (this.#over) return;
    const detail = reason === undefined ? "" : `: ${reason.message.replace(/\.$/, "")}`;
    this.#over = new ConnectionClosed(`The connection to the server is over${detail}.`, {
      cause: reason,
    });
    this.#pending.failAll(this.#over);
    for (const serving of this.#serving.values()) serving.abort(this.#over);
    this.#owner.closed(this.#over);
  }

  /** 2025-03-26 basic/index: answers to the requests of a batch travel as a batch. */
  async #batch(values: readonly unknown[]): Promise<void> {
    if (!this.#owner.acceptsBatches()) return;
    const responses = await Promise.all(values.map((value) => this.#take(value)));
    const sent = responses.filter((response) => response !== undefined);
    if (sent.length > 0 && !this.#over) this.#reply(sent);
  }

  /** Sends answers; for those that cannot be written as JSON, that there are none. */
  #reply(answers: JsonRpcResponse | readonly JsonRpcResponse[]): void {
    try {
      this.#transport.send(answers);
    } catch (error) {
      const failed = [answers].flat().map(({ id }) => errorResponse(masked(error), id));
      this.#transport.send(Array.isArray(answers) ? failed : failed[0]!);
    }
  }

  /** Acts on one message; resolves with the answer that a request gets, if it gets one. */
  #take(value: unknown): Promise<JsonRpcResponse | undefined> | undefined {
    const kind = kindOf(value);
    if (kind === "response") return void this.#settle(value as JsonRpcResponse);
    if (kind === "request") return this.#serve(value as unknown as JsonRpcRequest);
    if (kind === "invalid") return this.#invalid(value);
    const { method, params = {} } = value as { method: string; params?: JsonObject };
    if (method === "notifications/progress") return void this.#pending.progress(params);
    if (method === "notifications/cancelled") {
      this.#serving
        .get(params.requestId as RequestId)
        ?.abort(new Error("The server cancelled it."));
    }
    this.#owner.notification(method, params);
    return;
  }

  #settle(response: JsonRpcResponse): void {
    if (this.#pending.settle(response) || !("error" in response)) return;
    // The server could not read the id. With one request on its way it can only mean that one.
    const { code } = response.error;
    const unread = code === JSON_RPC.parseError || code === JSON_RPC.invalidRequest;
    if (!response.id && unread) this.#pending.failOnly(RpcError.from(response.error));
  }

  /** Something with the id of a request, but no valid answer, fails that request instead of letting it wait. */
  #invalid(value: unknown): Promise<JsonRpcResponse> | undefined {
    if (!isObject(value)) return;
    if (value.method === undefined) {
      const broken = new InvalidResponse(
        "The server's answer has neither a valid result nor a valid error.",
      );
      return void this.#pending.fail(value.id, broken);
    }
    if (!this.#mayServe() || typeof value.id !== "number") return;
    const error = new RpcError(JSON_RPC.invalidRequest, "This is not a valid JSON-RPC request.");
    this.#served++;
    this.#unserve();
    return Promise.resolve(errorResponse(error, value.id));
  }

  #mayServe(): boolean {
    return this.#owner.answersRequests() && this.#served < MOST_SERVED;
  }

  /** An answer is out of the way when the server has read enough of what was sent before. */
  #unserve(): void {
    void this.#transport.drained().then(() => this.#served--);
  }

  async #serve(request: JsonRpcRequest): Promise<JsonRpcResponse | undefined> {
    const { id, method, params = {} } = request;
    // An id that is in use already cannot be answered so that the server could tell which is meant.
    if (!this.#mayServe() || this.#serving.has(id)) return;
    const control = new AbortController();
    this.#serving.set(id, control);
    this.#served++;
    try {
      const result = await this.#owner.request(method, params, control.signal);
      return control.signal.aborted ? undefined : { jsonrpc: "2.0", id, result };
    } catch (error) {
      return control.signal.aborted ? undefined : errorResponse(masked(error), id);
    } finally {
      this.#serving.delete(id);
      this.#unserve();
    }
  }
}

function unread({ message }: RpcError): InvalidResponse {
  return new InvalidResponse(`The server sent what this client does not read. ${message}`);
}

/** Only errors meant for the peer reach it; anything else is this side's own business. */
function masked(error: unknown): RpcError {
  if (error instanceof RpcError) return error;
  return new RpcError(JSON_RPC.internalError, "The client failed to answer this request.");
}
