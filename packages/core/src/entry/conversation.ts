import { hasBatches, MOST_IN_BATCH } from "../era/legacy/batch.ts";
import type { LegacyServer } from "../era/legacy/serve.ts";
import {
  isObject,
  isRequestId,
  type JsonRpcNotification,
  type JsonRpcRequest,
  type JsonRpcResponse,
  kindOf,
  type RequestId,
} from "../jsonrpc/message.ts";
import { errorResponse, JSON_RPC, RpcError } from "../jsonrpc/rpc-error.ts";
import { CallLimit } from "../kernel/call-limit.ts";
import { LiveCall } from "../kernel/live-call.ts";
import { RunningCalls } from "../kernel/running-calls.ts";
import { notificationOf, type Reply, respondFailure } from "./reply.ts";

/** Takes a request to its response; none for one that was cancelled. */
export type AnswerRequest = (
  request: JsonRpcRequest,
  call: LiveCall,
  reply: Reply,
) => Promise<JsonRpcResponse | undefined>;

/** Most calls that may run at once in a conversation that shares no limit with others. */
const MOST_CALLS = 16_384;

/** All that one client says and is answered: sorts its messages and tracks its running calls. Knows no transport. */
export class Conversation {
  readonly #legacy: LegacyServer;
  readonly #answer: AnswerRequest;
  readonly #report: (error: unknown) => string;
  readonly #limit: CallLimit;
  readonly #running = new RunningCalls<RequestId>();
  /** What handlers know this conversation by; it holds nothing, so that whoever keeps it keeps nothing else. */
  readonly #name = {};
  #onIdle: (() => void) | undefined;
  #stopped = false;

  constructor(
    legacy: LegacyServer,
    answer: AnswerRequest,
    report: (error: unknown) => string,
    limit = new CallLimit(MOST_CALLS),
  ) {
    this.#legacy = legacy;
    this.#answer = answer;
    this.#report = report;
    this.#limit = limit;
  }

  /** How many calls run. */
  get running(): number {
    return this.#running.size;
  }

  /** Takes one message, or a batch. Resolves when all that it wants in return was handed to `reply`. */
  take(value: unknown, reply: Reply): Promise<void> | undefined {
    if (Array.isArray(value)) return this.#batch(value, reply);
    switch (kindOf(value)) {
      case "request":
        return this.#request(value as JsonRpcRequest, reply);
      case "notification":
        this.#notification(value as JsonRpcNotification);
        return undefined;
      case "response":
        this.#legacy.settle(value as JsonRpcResponse);
        return undefined;
      default:
        if (!isResponseLike(value)) refuse(invalid, reply, idOf(value));
        return undefined;
    }
  }

  /** Refuses new calls from now on. */
  stop(): void {
    this.#stopped = true;
  }

  /** Resolves when no call runs any more, or after `graceMs`. */
  idle(graceMs: number): Promise<void> {
    if (this.#running.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, graceMs);
      this.#onIdle = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Ends every running call. */
  abort(reason: Error): void {
    this.#running.abort(reason);
  }

  async #batch(messages: readonly unknown[], reply: Reply): Promise<void> {
    const refusal = this.#batchRefusal(messages);
    if (refusal) return refuse(refusal, reply);
    const responses: JsonRpcResponse[] = [];
    const gather: Reply = {
      principal: reply.principal,
      send: (message) => reply.send(message),
      respond: (response) => responses.push(...[response].flat()),
    };
    await Promise.all(messages.map((message) => this.take(message, gather)));
    if (responses.length > 0) reply.respond(responses);
  }

  #batchRefusal(messages: readonly unknown[]): string | undefined {
    if (!hasBatches(this.#legacy.revision)) return "Batches are not supported.";
    if (messages.length === 0) return "A batch must not be empty.";
    if (messages.length > MOST_IN_BATCH) {
      return `A batch may hold ${MOST_IN_BATCH} messages at most.`;
    }
    return messages.some(Array.isArray) ? "A batch must not hold another." : undefined;
  }

  async #request(request: JsonRpcRequest, reply: Reply): Promise<void> {
    const { id, method, params = {} } = request;
    const refusal = this.#refusal(id);
    if (refusal) return reply.respond(errorResponse(refusal, id), refusal);
    const call = new LiveCall(id, method, params, (notice) => {
      // Progress and logs end with the call (basic/patterns/progress: MUST stop at completion), and
      // nothing more may be sent for a cancelled one (basic/patterns/cancellation).
      if (this.#running.get(id) !== call || call.cancelled) return;
      reply.send(notificationOf(notice, call.revision));
    });
    call.principal = reply.principal;
    call.requestHeader = reply.requestHeader;
    call.connection = this.#name;
    call.release = reply.release;
    this.#begin(id, call);
    try {
      const response = await this.#answer(request, call, reply);
      this.#finish(id);
      if (response && !call.cancelled) reply.respond(response);
    } catch (error) {
      this.#finish(id);
      if (!call.cancelled) respondFailure(error, id, reply, this.#report);
    }
    if (this.#running.size === 0) this.#onIdle?.();
  }

  #begin(id: RequestId, call: LiveCall): void {
    this.#limit.enter();
    this.#running.add(id, call);
  }

  #finish(id: RequestId): void {
    this.#limit.leave();
    this.#running.delete(id);
  }

  #refusal(id: RequestId): RpcError | undefined {
    if (this.#stopped) {
      const message = "The server is shutting down; connect again and repeat the request.";
      return new RpcError(JSON_RPC.internalError, message);
    }
    if (this.#running.has(id)) {
      const message = "This id belongs to a request that still runs; use another.";
      return new RpcError(JSON_RPC.invalidRequest, message);
    }
    return this.#limit.isFull ? this.#limit.refusal() : undefined;
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

const invalid = "Invalid request: not a JSON-RPC 2.0 message.";

function refuse(message: string, reply: Reply, id?: RequestId): void {
  const error = new RpcError(JSON_RPC.invalidRequest, message);
  reply.respond(errorResponse(error, id), error);
}

/** True for a response that is malformed: there is nobody to answer. */
function isResponseLike(value: unknown): boolean {
  return isObject(value) && value.method === undefined && ("result" in value || "error" in value);
}

function idOf(value: unknown): RequestId | undefined {
  return isObject(value) && isRequestId(value.id) ? value.id : undefined;
}
