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
import type { Notice, Principal } from "../kernel/call.ts";
import { LiveCall } from "../kernel/live-call.ts";
import { METHODS, project, type Revision, rowFor } from "../protocol/index.ts";
import type { JsonObject } from "../schema/json-schema.ts";
import type { ServerDefinition } from "../server/definition.ts";
import { type DispatchOptions, dispatch, masked, reporter, sealerOf } from "../server/dispatch.ts";
import type { Receiver, Transport } from "../transport/transport.ts";

/** How one connection is served. */
export interface ServeOptions extends DispatchOptions {
  /** Who is at the other end, where the transport knows. */
  readonly principal?: Principal;
}

/** A connection that is being served. */
export interface Serving {
  /** Resolves once the connection is over, with the reason when it was not a plain end. */
  readonly done: Promise<Error | undefined>;
  /** Ends subscriptions, aborts running calls and closes the connection. Idempotent. */
  close(): Promise<void>;
}

/** Most calls of one connection that may run at once. */
const MOST_CALLS = 16_384;
/** How long, in milliseconds, running calls may take to finish after the client ended its side. */
const END_GRACE_MS = 500;

type Respond = (response: JsonRpcResponse) => void;

/** The server's end of one two-way connection: sorts messages, tracks running calls. */
export class ServerConnection implements Receiver, Serving {
  readonly done: Promise<Error | undefined>;
  readonly #transport: Transport;
  readonly #legacy: LegacyServer;
  readonly #modern: ModernServer;
  readonly #report: (error: unknown) => string;
  readonly #running = new Map<RequestId, LiveCall>();
  readonly #finish: (reason: Error | undefined) => void;
  #closing: Promise<void> | undefined;
  #onIdle: (() => void) | undefined;

  constructor(definition: ServerDefinition, transport: Transport, options: ServeOptions) {
    const { sealer = sealerOf(definition), principal } = options;
    const answer = dispatch(definition, { ...options, sealer });
    const { promise, resolve } = Promise.withResolvers<Error | undefined>();
    this.done = promise;
    this.#finish = resolve;
    this.#transport = transport;
    this.#report = reporter(options);
    this.#legacy = new LegacyServer(definition, answer, this.#send, principal);
    this.#modern = new ModernServer(definition, answer, sealer, principal);
  }

  message(value: unknown): void {
    if (Array.isArray(value)) void this.#batch(value);
    else void this.#take(value, this.#reply);
  }

  damaged(error: RpcError): void {
    this.#send(errorResponse(error));
  }

  closed(reason?: Error): void {
    // A client may end its side right after its last request: what is nearly done is still answered.
    const grace = reason === undefined && this.#running.size > 0 ? END_GRACE_MS : 0;
    this.#closing ??= this.#shutDown(grace, reason);
  }

  close(): Promise<void> {
    this.#closing ??= this.#shutDown(0, undefined);
    return this.#closing;
  }

  async #shutDown(graceMs: number, reason: Error | undefined): Promise<void> {
    // Lets the listen streams put their results on the wire before it goes.
    this.#modern.close();
    await this.#idle(graceMs);
    const why = reason ?? new Error("The connection is closed.");
    for (const call of this.#running.values()) call.abort(why);
    this.#legacy.close(why);
    await this.#transport.close();
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

  readonly #reply = (response: JsonRpcResponse): void => {
    try {
      this.#transport.send(response);
    } catch {
      this.#send(unwritable(response));
    }
  };

  async #batch(messages: readonly unknown[]): Promise<void> {
    if (!hasBatches(this.#legacy.revision)) return this.#refuse("Batches are not supported.");
    if (messages.length === 0) return this.#refuse("A batch must not be empty.");
    if (messages.length > MOST_IN_BATCH) {
      return this.#refuse(`A batch may hold ${MOST_IN_BATCH} messages at most.`);
    }
    const responses: JsonRpcResponse[] = [];
    const respond: Respond = (response) => responses.push(response);
    await Promise.all(messages.map((message) => this.#take(message, respond)));
    if (responses.length === 0) return;
    try {
      this.#transport.send(responses);
    } catch {
      // One of them cannot be written; alone, each gets its own answer.
      for (const response of responses) this.#reply(response);
    }
  }

  #refuse(message: string): void {
    this.damaged(new RpcError(JSON_RPC.invalidRequest, message));
  }

  /** Takes one message. What must be sent back for it, if anything, goes to `respond`. */
  #take(value: unknown, respond: Respond): Promise<void> | undefined {
    switch (kindOf(value)) {
      case "request":
        return this.#request(value as JsonRpcRequest, respond);
      case "notification":
        this.#notification(value as JsonRpcNotification);
        return undefined;
      case "response":
        this.#legacy.settle(value as JsonRpcResponse);
        return undefined;
      default:
        if (!isResponseLike(value)) respond(invalid(value));
        return undefined;
    }
  }

  async #request(request: JsonRpcRequest, respond: Respond): Promise<void> {
    const { id, method, params = {} } = request;
    const refusal = this.#refusal(id);
    if (refusal) return respond(errorResponse(refusal, id));
    const call = new LiveCall(id, method, params, (notice) => {
      // Progress and logs end with the call (basic/patterns/progress: MUST stop at completion), and
      // nothing more may be sent for a cancelled one (basic/patterns/cancellation).
      if (this.#running.get(id) !== call || call.cancelled) return;
      this.#send(notificationOf(notice, call.revision));
    });
    this.#running.set(id, call);
    let response: JsonRpcResponse | undefined;
    try {
      response = await this.#answer(request, call);
    } catch (error) {
      const known = error instanceof RpcError ? error : masked(this.#report(error));
      response = errorResponse(known, id);
    }
    this.#running.delete(id);
    if (response && !call.cancelled) respond(response);
    if (this.#running.size === 0) this.#onIdle?.();
  }

  #refusal(id: RequestId): RpcError | undefined {
    if (this.#running.has(id)) {
      const message = "This id belongs to a request that still runs; use another.";
      return new RpcError(JSON_RPC.invalidRequest, message);
    }
    if (this.#running.size < MOST_CALLS) return undefined;
    const message = `${MOST_CALLS} requests are running already; wait for some to be answered.`;
    return new RpcError(JSON_RPC.internalError, message);
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

/** A notice as `revision` has it; one that is not the protocol's own goes as it is. */
function notificationOf({ method, params }: Notice, revision: Revision): JsonRpcNotification {
  const row = rowFor(METHODS, method, revision);
  const projected = row ? (project(row.params, revision, params) as JsonObject) : params;
  return { jsonrpc: "2.0", method, params: projected };
}

/** True for a response that is malformed: there is nobody to answer. */
function isResponseLike(value: unknown): boolean {
  return isObject(value) && value.method === undefined && ("result" in value || "error" in value);
}

/** The answer to what is no JSON-RPC message; it carries the id where that could be read. */
function invalid(value: unknown): JsonRpcResponse {
  const message = "Invalid request: not a JSON-RPC 2.0 message.";
  const error = new RpcError(JSON_RPC.invalidRequest, message);
  return errorResponse(error, isObject(value) && isRequestId(value.id) ? value.id : undefined);
}

function unwritable({ id }: JsonRpcResponse): JsonRpcResponse {
  const message = "The result cannot be written as JSON.";
  return errorResponse(new RpcError(JSON_RPC.internalError, message), id);
}
