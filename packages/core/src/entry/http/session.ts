import type { ReplayBudget, ResumableStream } from "../../era/legacy/http-replay.ts";
import { SessionStreams } from "../../era/legacy/http-streams.ts";
import { LegacyServer } from "../../era/legacy/serve.ts";
import type { JsonRpcRequest, JsonRpcResponse } from "../../jsonrpc/message.ts";
import type { CallLimit } from "../../kernel/call-limit.ts";
import { LATEST_LEGACY_REVISION } from "../../protocol/index.ts";
import type { ServerDefinition } from "../../server/definition.ts";
import type { ServerDispatch } from "../../server/dispatch.ts";
import {
  EventStream,
  type StreamLife,
  type StreamRules,
} from "../../transport/http/event-stream.ts";
import type { Exchange } from "../../transport/http/exchange.ts";
import type { Caller } from "../../transport/http/head.ts";
import { Conversation } from "../conversation.ts";
import { type MessageStream, type Posted, PostReply } from "./post-reply.ts";

/** What sessions share. */
export interface SessionHost {
  readonly definition: ServerDefinition;
  readonly dispatch: ServerDispatch;
  readonly report: (error: unknown) => string;
  readonly streams: StreamRules;
  readonly replay: ReplayBudget;
  readonly calls: CallLimit;
  /** Makes an id that is unguessable (basic/transports: SHOULD be cryptographically secure). */
  readonly newId: () => string;
}

/** One client older than 2026-07-28, from its `initialize` on; its messages come in any number of requests. */
export class HttpSession {
  /** Never taken from a client. */
  readonly id: string;
  /** The caller it belongs to; nobody else may use it. */
  readonly owner: string | undefined;
  readonly #host: SessionHost;
  readonly #legacy: LegacyServer;
  readonly #conversation: Conversation;
  #streams: SessionStreams | undefined;
  #lastUse = Date.now();
  #connections = 0;

  constructor(host: SessionHost, owner: string | undefined) {
    this.id = host.newId();
    this.owner = owner;
    this.#host = host;
    const legacy = new LegacyServer(host.definition, host.dispatch, (message) =>
      this.streams.announce(message),
    );
    this.#legacy = legacy;
    this.#conversation = new Conversation(
      legacy,
      (request, call, reply) => legacy.answer(request, call, (message) => reply.send(message)),
      host.report,
      host.calls,
    );
  }

  get streams(): SessionStreams {
    const revision = this.#legacy.revision ?? LATEST_LEGACY_REVISION;
    this.#streams ??= new SessionStreams(revision, this.#host.replay);
    return this.#streams;
  }

  /** The response to the `initialize` that opens it. */
  async open(request: JsonRpcRequest): Promise<JsonRpcResponse> {
    const { promise, resolve } = Promise.withResolvers<JsonRpcResponse>();
    await this.#conversation.take(request, {
      principal: undefined,
      send: () => {},
      respond: (response) => resolve(response as JsonRpcResponse),
    });
    return promise;
  }

  /** Takes what was posted, one message or a batch, and answers it. */
  async post(body: unknown, posted: Posted): Promise<void> {
    this.#lastUse = Date.now();
    const reply = new PostReply(posted, {
      openStream: () => this.#streamOn(posted.exchange),
      divert: (message) => this.streams.announce(message),
      // The status is about the post; what became of a request that was read is said in its response.
      status: (response) => (response.id === undefined ? 400 : 200),
    });
    await this.#conversation.take(body, reply);
    reply.finish();
    this.#lastUse = Date.now();
  }

  /**
   * Opens a stream for what belongs to no call, or goes on with a broken one.
   * @returns false when there is nothing to go on with
   */
  listen(exchange: Exchange, caller: Caller, lastEventId: string | undefined): boolean {
    this.#lastUse = Date.now();
    const connect = () => this.#connect(exchange, caller);
    if (lastEventId !== undefined) return this.streams.resume(lastEventId, connect);
    this.streams.listen(connect());
    return true;
  }

  /** True when nobody used it since `time`, and nothing runs or listens. */
  idleSince(time: number): boolean {
    this.#streams?.forgetEnded();
    return this.#connections === 0 && this.#conversation.running === 0 && this.#lastUse < time;
  }

  close(reason: Error): void {
    this.#conversation.stop();
    this.#conversation.abort(reason);
    this.#legacy.close(reason);
    this.#streams?.close();
  }

  #streamOn(exchange: Exchange): MessageStream | undefined {
    if (this.#host.streams.isFull()) return undefined;
    const stream: ResumableStream = this.streams.open(this.#connect(exchange));
    return {
      send: (json) => stream.send(json),
      end: () => stream.end(),
      release: (retryMs) => this.streams.release(stream, retryMs),
      abandon: () => stream.forget(),
    };
  }

  #connect(exchange: Exchange, life?: StreamLife): EventStream {
    const rules = this.#host.streams;
    this.#connections++;
    const onClose = () => {
      this.#connections--;
      this.#lastUse = Date.now();
      rules.onClose();
    };
    return new EventStream(exchange, { ...rules, onClose }, life);
  }
}
