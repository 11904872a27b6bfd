import { headerMismatch, statusOf } from "../../era/modern/http.ts";
import type { ModernServer } from "../../era/modern/serve.ts";
import type { JsonRpcRequest } from "../../jsonrpc/message.ts";
import type { CallLimit } from "../../kernel/call-limit.ts";
import { LiveCall } from "../../kernel/live-call.ts";
import { RunningCalls } from "../../kernel/running-calls.ts";
import type { ServerDefinition } from "../../server/definition.ts";
import {
  EventStream,
  messageEvent,
  type StreamLife,
  type StreamRules,
} from "../../transport/http/event-stream.ts";
import { ClientGone, type Exchange } from "../../transport/http/exchange.ts";
import { tooMany } from "../../transport/http/refusals.ts";
import { notificationOf, respondFailure } from "../reply.ts";
import { type MessageStream, type Posted, PostReply } from "./post-reply.ts";

const LISTEN = "subscriptions/listen";

/** Answers posted requests that bring their own metadata. Each stands alone: nothing is kept between them. */
export class ModernPosts {
  readonly #definition: ServerDefinition;
  readonly #server: ModernServer;
  readonly #report: (error: unknown) => string;
  readonly #streams: StreamRules;
  readonly #calls: CallLimit;
  readonly #running = new RunningCalls<number>();
  #last = 0;

  constructor(
    definition: ServerDefinition,
    server: ModernServer,
    report: (error: unknown) => string,
    streams: StreamRules,
    calls: CallLimit,
  ) {
    this.#definition = definition;
    this.#server = server;
    this.#report = report;
    this.#streams = streams;
    this.#calls = calls;
  }

  async request(request: JsonRpcRequest, posted: Posted): Promise<void> {
    const { exchange, caller } = posted;
    const { id, method, params = {} } = request;
    if (method === LISTEN && this.#streams.isFull()) return exchange.answer(tooMany("streams"));
    // An open listen stream is bounded as a stream; it works for nobody until something changes.
    const limit = method === LISTEN ? undefined : this.#calls;
    if (limit?.isFull) return exchange.answer(tooMany("calls"));
    // Ends without the result of a graceful end: the client is to open it again (basic/patterns/subscriptions).
    const onExpired = () => call.abort(new Error("The caller's access token expired."));
    const life = method === LISTEN ? { expiresAt: caller.expiresAt, onExpired } : undefined;
    const openStream = () => streamOn(exchange, this.#streams, life);
    const key = ++this.#last;
    const reply = new PostReply(posted, { openStream, status: statusOf });
    const call = new LiveCall(id, method, params, (notice) => {
      // basic/patterns/progress: MUST stop at completion; cancellation: MUST NOT send more.
      if (!this.#running.has(key) || call.cancelled) return;
      reply.send(notificationOf(notice, call.revision));
    });
    call.principal = caller.principal;
    call.header = reply.requestHeader;
    call.requestHeader = reply.requestHeader;
    // basic/transports/streamable-http: a closed stream MUST be treated as a cancel.
    exchange.onGone(() => call.abort(new ClientGone()));
    this.#running.add(key, call);
    limit?.enter();
    const finish = () => {
      limit?.leave();
      this.#running.delete(key);
    };
    try {
      const mismatch = headerMismatch(request, this.#definition.methods, reply.requestHeader);
      if (mismatch) throw mismatch;
      const response = await this.#server.answer(request, call);
      finish();
      if (response && !call.cancelled) reply.respond(response);
    } catch (error) {
      finish();
      if (!call.cancelled) respondFailure(error, id, reply, this.#report);
    }
    reply.finish();
  }

  /** Ends every call that still runs. */
  abort(reason: Error): void {
    this.#running.abort(reason);
  }
}

function streamOn(
  exchange: Exchange,
  rules: StreamRules,
  life?: StreamLife,
): MessageStream | undefined {
  if (rules.isFull()) return undefined;
  const stream = new EventStream(exchange, rules, life);
  return {
    send: (json) => stream.write(messageEvent(json)),
    end: () => stream.end(),
  };
}
