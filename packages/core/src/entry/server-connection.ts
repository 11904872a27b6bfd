import { hasBatches, MOST_IN_BATCH } from "../era/legacy/batch.ts";
import { LegacyServer } from "../era/legacy/serve.ts";
import { isModernEnvelope } from "../era/modern/decode.ts";
import { ModernServer } from "../era/modern/serve.ts";
import {
  isObject,
  isRequestId,
  type JsonRpcMessage,
  type JsonRpcNotification,
  type JsonRpcRequest,
  type JsonRpcResponse,
  kindOf,
  type RequestId,
} from "../jsonrpc/message.ts";
import { errorResponse, JSON_RPC, RpcError } from "../jsonrpc/rpc-error.ts";
import { LiveCall } from "../kernel/live-call.ts";
import { createSealer } from "../kernel/seal.ts";
import type { ServerDefinition } from "../server/definition.ts";
import { dispatch } from "../server/dispatch.ts";
import type { Receiver, Transport } from "../transport/transport.ts";
import type { ServeOptions, Serving } from "./serve.ts";

/** Most calls of one connection that may run at once. */
const MOST_CALLS = 4_096;
/** How long, in milliseconds, running calls may take to finish after the client ended its side. */
const END_GRACE_MS = 500;

/** The server's end of one two-way connection: sorts messages, tracks running calls. */
export class ServerConnection implements Receiver, Serving {
  readonly done: Promise<Error | undefined>;
  readonly #transport: Transport;
  readonly #legacy: LegacyServer;
  readonly #modern: ModernServer;
  readonly #running = new Map<RequestId, LiveCall>();
  readonly #finish: (reason: Error | undefined) => void;
  #closing: Promise<void> | undefined;
  #onIdle: (() => void) | undefined;

  constructor(definition: ServerDefinition, transport: Transport, options: ServeOptions) {
    const { sealer = createSealer(), principal } = options;
    const answer = dispatch(definition, { ...options, sealer });
    const { promise, resolve } = Promise.withResolvers<Error | undefined>();
    this.done = promise;
    this.#finish = resolve;
    this.#transport = transport;
    this.#legacy = new LegacyServer(definition, answer, this.#send, principal);
    this.#modern = new ModernServer(definition, answer, sealer, principal);
  }

  message(value: unknown): void {
    if (Array.isArray(value)) void this.#batch(value);
    else void this.#receive(value).then(this.#reply);
  }

  damaged(error: RpcError): void {
    this.#send(errorResponse(error));
  }

  closed(reason?: Error): void {
    this.#modern.close();
    // A client may end its side right after its last request: what is nearly done is still answered.
    const grace = reason === undefined && this.#running.size > 0 ? END_GRACE_MS : 0;
    void this.#idle(grace).then(() => {
      this.#end(reason);
      return this.#transport.close();
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#shutDown();
    return this.#closing;
  }

  async #shutDown(): Promise<void> {
    this.#modern.close();
    // Lets the listen streams put their results on the wire before it goes.
    await this.#idle(0);
    this.#end(undefined);
    await this.#transport.close();
  }

  #end(reason: Error | undefined): void {
    const why = reason ?? new Error("The connection is closed.");
    for (const call of this.#running.values()) call.abort(why);
    this.#legacy.close(why);
    this.#finish(reason);
  }

  /** Resolves when no call runs any more, or after `graceMs`. */
  #idle(graceMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, graceMs);
      this.#onIdle = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  readonly #send = (message: JsonRpcMessage): void => this.#transport.send(message);

  readonly #reply = (response: JsonRpcResponse | undefined): void => {
    if (!response) return;
    try {
      this.#transport.send(response);
    } catch {
      const message = "The result cannot be written as JSON.";
      this.#send(errorResponse(new RpcError(JSON_RPC.internalError, message), response.id));
    }
  };

  async #batch(messages: readonly unknown[]): Promise<void> {
    if (!hasBatches(this.#legacy.revision)) return this.#refuse("Batches are not supported.");
    if (messages.length === 0) return this.#refuse("A batch must not be empty.");
    if (messages.length > MOST_IN_BATCH) {
      return this.#refuse(`A batch may hold ${MOST_IN_BATCH} messages at most.`);
    }
    const responses = await Promise.all(messages.map((message) => this.#receive(message)));
    const answers = responses.filter((response) => response !== undefined);
    if (answers.length > 0) this.#transport.send(answers);
  }

  #refuse(message: string): void {
    this.damaged(new RpcError(JSON_RPC.invalidRequest, message));
  }

  /** Takes one message; resolves to what must be sent back for it, if anything. */
  async #receive(value: unknown): Promise<JsonRpcResponse | undefined> {
    switch (kindOf(value)) {
      case "request":
        return this.#request(value as JsonRpcRequest);
      case "notification":
        this.#notification(value as JsonRpcNotification);
        return undefined;
      case "response":
        this.#legacy.settle(value as JsonRpcResponse);
        return undefined;
      default:
        return invalid(value);
    }
  }

  async #request(request: JsonRpcRequest): Promise<JsonRpcResponse | undefined> {
    const { id, method, params = {} } = request;
    if (this.#running.has(id)) return refusal(id, "This id belongs to a request that still runs.");
    if (this.#running.size >= MOST_CALLS)
      return refusal(id, "Too many requests are running; wait.");
    const call = new LiveCall(id, method, params, (notice) => {
      // Progress and logs end with the call (basic/patterns/progress: MUST stop at completion).
      if (this.#running.get(id) === call) this.#send({ jsonrpc: "2.0", ...notice });
    });
    this.#running.set(id, call);
    try {
      const response = await this.#answer(request, call);
      // basic/patterns/cancellation: nothing more may be sent for a cancelled request.
      return call.cancelled ? undefined : response;
    } catch (error) {
      if (call.cancelled) return undefined;
      if (error instanceof RpcError) return errorResponse(error, id);
      console.error(error);
      return errorResponse(new RpcError(JSON_RPC.internalError, "Internal error."), id);
    } finally {
      this.#running.delete(id);
      if (this.#running.size === 0) this.#onIdle?.();
    }
  }

  #answer(request: JsonRpcRequest, call: LiveCall): Promise<JsonRpcResponse | undefined> {
    return isModernEnvelope(request.params)
      ? this.#modern.answer(request, call)
      : this.#legacy.answer(request, call, this.#send);
  }

  #notification(notification: JsonRpcNotification): void {
    if (notification.method === "notifications/cancelled") this.#cancel(notification);
    else this.#legacy.notify(notification);
  }

  // basic/patterns/cancellation: cancels of unknown or finished requests are ignored.
  #cancel({ params }: JsonRpcNotification): void {
    const id = params?.requestId;
    if (!isRequestId(id)) return;
    const reason = typeof params?.reason === "string" ? params.reason : "no reason given";
    this.#running.get(id)?.abort(new Error(`The client cancelled the request: ${reason}`));
  }
}

function refusal(id: RequestId, message: string): JsonRpcResponse {
  return errorResponse(new RpcError(JSON_RPC.invalidRequest, message), id);
}

/** The answer to what is no JSON-RPC message; it carries the id where that could be read. */
function invalid(value: unknown): JsonRpcResponse | undefined {
  // A response that is malformed has nobody to be answered to.
  if (isObject(value) && value.method === undefined && ("result" in value || "error" in value)) {
    return undefined;
  }
  const error = new RpcError(
    JSON_RPC.invalidRequest,
    "Invalid request: not a JSON-RPC 2.0 message.",
  );
  return errorResponse(error, isObject(value) && isRequestId(value.id) ? value.id : undefined);
}
