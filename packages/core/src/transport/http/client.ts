import { MESSAGE_LIMITS } from "../../jsonrpc/codec.ts";
import type { JsonRpcMessage, JsonRpcRequest, RequestId } from "../../jsonrpc/message.ts";
import { errorResponse } from "../../jsonrpc/rpc-error.ts";
import { METHODS } from "../../protocol/index.ts";
import type { Receiver, Transport } from "../transport.ts";
import type { Inbox } from "./client-answer.ts";
import { SessionGone } from "./client-errors.ts";
import { HttpSender } from "./client-fetch.ts";
import { statedRevision } from "./client-headers.ts";
import type { HttpClientOptions } from "./client-options.ts";
import { ParamMirror } from "./client-params.ts";
import { pause } from "./client-pause.ts";
import { isModernRefusal, type Refusal } from "./client-refusal.ts";
import { SseChannel } from "./client-sse.ts";
import { Streamable, type StreamableParts } from "./client-streamable.ts";

/** How long, in milliseconds, the server may take to accept what gets no answer of its own. */
const ACCEPTING_MS = 10_000;
/** How long, in milliseconds, `close` waits for that, and then for the end of the session. */
const CLOSING_MS = 2000;
/** How long, in milliseconds, a stream may stay open after its answer. */
const LINGER_MS = 1000;
/** More messages waiting to be accepted than this, and the sender is asked to wait. */
const MANY_WAITING = 64;
/** Statuses with which a server of HTTP+SSE alone refuses `initialize` (2025-11-25 basic/transports, backwards compatibility). */
const NO_POST_HERE: readonly number[] = [400, 404, 405];

/** How long, in milliseconds, other requests may take to be refused too once one was for want of its session. */
const LEAVING_MS = 1000;
/** Most requests under way at once. */
const MOST_RUNNING = 10_000;
const TOO_MANY = `More than ${MOST_RUNNING} requests are under way; wait for some of them.`;

interface Running {
  readonly control: AbortController;
  readonly modern: boolean;
  done: Promise<void>;
}

/**
 * A server at an HTTP URL, for `connect`: Streamable HTTP of every revision, or HTTP+SSE where the server has nothing
 * newer. A lost session is replaced by a new one.
 * @throws {TypeError} when `url` is not an http or https URL, or holds credentials
 */
export function httpClient(url: string | URL, options: HttpClientOptions = {}): () => Transport {
  const endpoint = new URL(url);
  if (endpoint.protocol !== "http:" && endpoint.protocol !== "https:") {
    throw new TypeError(
      `An MCP server is at an http or https URL, not at one of ${endpoint.protocol}`,
    );
  }
  if (endpoint.username || endpoint.password) {
    throw new TypeError(
      "The URL of an MCP server must not hold credentials; give a signer instead.",
    );
  }
  return () => new HttpClient(endpoint, options);
}

class HttpClient implements Transport {
  readonly answersEach = true;
  readonly #parts: StreamableParts;
  readonly #streamable: Streamable;
  readonly #running = new Map<RequestId, Running>();
  /** Ends what belongs to no request. */
  readonly #life = new AbortController();
  #receiver: Receiver | undefined;
  #sse: SseChannel | undefined;
  #posted: Promise<void> = Promise.resolve();
  #waiting = 0;
  #over = false;
  #leaving = false;
  /** Requests that did nothing because the server did not know the session. */
  readonly #refused: JsonRpcRequest[] = [];
  #ending: Promise<void> | undefined;

  constructor(endpoint: URL, options: HttpClientOptions) {
    const { limits = MESSAGE_LIMITS, onWarning = (message) => console.warn(message) } = options;
    const inbox: Inbox = {
      message: (value) => this.#over || this.#receiver?.message(value),
      damaged: (error) => this.#over || this.#receiver?.damaged(error),
      closed: (reason) => this.#lose(reason),
    };
    const mirror = new ParamMirror(onWarning);
    const methods = () => this.#receiver?.methods ?? METHODS;
    this.#parts = { endpoint, sender: new HttpSender(options), limits, mirror, inbox, methods };
    this.#streamable = new Streamable(this.#parts);
  }

  start(receiver: Receiver): void {
    this.#receiver = receiver;
  }

  send(message: JsonRpcMessage | readonly JsonRpcMessage[]): void {
    const body = JSON.stringify(message);
    if (this.#over) return;
    if ("method" in message && "id" in message) return this.#begin(message, body);
    if (!this.#cancels(message)) this.#queue(message, body);
  }

  drained(): Promise<void> {
    return this.#waiting < MANY_WAITING ? Promise.resolve() : this.#posted;
  }

  close(): Promise<void> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  #begin(request: JsonRpcRequest, body: string): void {
    const control = new AbortController();
    const modern = statedRevision(request) !== undefined;
    const running: Running = { control, modern, done: Promise.resolve() };
    this.#running.set(request.id, running);
    running.done = this.#run(request, body, running);
  }

  async #run(request: JsonRpcRequest, body: string, running: Running): Promise<void> {
    const { signal } = running.control;
    try {
      // Order is kept: what was sent before has to be accepted first.
      await this.#posted;
      signal.throwIfAborted();
      if (this.#leaving) throw new SessionGone();
      if (this.#running.size > MOST_RUNNING) throw new Error(TOO_MANY);
      const refusal = await this.#exchange(request, body, running);
      if (refusal) this.#refuse(request, refusal);
    } catch (error) {
      if (!signal.aborted) this.#fail(request, error as Error);
    } finally {
      this.#running.delete(request.id);
    }
  }

  async #exchange(
    request: JsonRpcRequest,
    body: string,
    { control }: Running,
  ): Promise<Refusal | undefined> {
    const { signal } = control;
    if (this.#sse) return this.#sse.post(body, signal);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const answered = () => {
      timer ??= setTimeout(() => control.abort(), LINGER_MS);
    };
    try {
      const refusal = await this.#streamable.exchange(request, body, answered, signal);
      if (!refusal || !mayBeSse(request, refusal)) return refusal;
      this.#sse = await this.#openSse();
      return this.#sse ? this.#sse.post(body, signal) : refusal;
    } finally {
      clearTimeout(timer);
    }
  }

  async #openSse(): Promise<SseChannel | undefined> {
    try {
      return await SseChannel.open(this.#parts, this.#life.signal);
    } catch {
      // It is no such server either; how it refused the newer protocol tells more.
      return undefined;
    }
  }

  #refuse({ id }: JsonRpcRequest, { rpc, error }: Refusal): void {
    if (this.#over) return;
    if (rpc && error === rpc) this.#receiver?.message(errorResponse(rpc, id));
    else this.#receiver?.failed?.(id, error);
  }

  #fail(request: JsonRpcRequest, error: Error): void {
    if (this.#over) return;
    if (error instanceof SessionGone) {
      this.#refused.push(request);
      return void this.#leave();
    }
    this.#receiver?.failed?.(request.id, error);
    if (error.cause instanceof SessionGone) void this.#leave();
  }

  /**
   * Ends a connection whose session the server does not know. Other requests are being refused at the same moment:
   * what was refused may be sent again in another session, what is cut off may not, so they are waited for.
   */
  async #leave(): Promise<void> {
    if (this.#leaving) return;
    this.#leaving = true;
    // The request that found out is still under way until the next turn.
    await Promise.resolve();
    const others = [...this.#running.values()].map(({ done }) => done);
    const late = pause(LEAVING_MS, this.#life.signal).catch(() => {});
    await Promise.race([Promise.all(others), late]);
    if (this.#over) return;
    for (const { id } of this.#refused) this.#receiver?.failed?.(id, new SessionGone());
    this.#lose(new SessionGone());
  }

  /** Takes a cancellation; true when the server learns of it by the end of the stream alone. */
  #cancels(message: JsonRpcMessage | readonly JsonRpcMessage[]): boolean {
    if (!("method" in message) || message.method !== "notifications/cancelled") return false;
    const running = this.#running.get(message.params?.requestId as RequestId);
    running?.control.abort();
    // 2026-07-28 basic/patterns/cancellation: on Streamable HTTP closing the stream is the signal, none is sent.
    return running?.modern === true;
  }

  #queue(message: JsonRpcMessage | readonly JsonRpcMessage[], body: string): void {
    this.#waiting++;
    this.#posted = this.#posted.then(async () => {
      await this.#post(message, body);
      this.#waiting--;
    });
  }

  async #post(message: JsonRpcMessage | readonly JsonRpcMessage[], body: string): Promise<void> {
    const signal = AbortSignal.any([this.#life.signal, AbortSignal.timeout(ACCEPTING_MS)]);
    try {
      signal.throwIfAborted();
      if (this.#sse) await this.#sse.post(body, signal);
      else await this.#streamable.post(message, body, signal);
    } catch (error) {
      // Nobody waits for it. What keeps it from the server will keep the next request too, and be told there.
      if (error instanceof SessionGone) return void this.#leave();
    }
    if ("method" in message && message.method === "notifications/initialized") void this.#listen();
  }

  /** Hears what belongs to no request, where the server has it. */
  async #listen(): Promise<void> {
    if (this.#sse || this.#over) return;
    try {
      await this.#streamable.listen(this.#life.signal);
    } catch (error) {
      if (error instanceof SessionGone) void this.#leave();
    }
  }

  #lose(reason?: Error): void {
    if (this.#over) return;
    this.#stop();
    this.#ending = Promise.resolve();
    this.#life.abort(reason);
    this.#receiver?.closed(reason);
  }

  async #end(): Promise<void> {
    if (this.#over) return;
    this.#stop();
    await Promise.race([this.#posted, pause(CLOSING_MS, this.#life.signal).catch(() => {})]);
    this.#life.abort();
    if (!this.#sse) await this.#streamable.end(AbortSignal.timeout(CLOSING_MS)).catch(() => {});
    this.#receiver?.closed();
  }

  #stop(): void {
    this.#over = true;
    for (const { control } of this.#running.values()) control.abort();
  }
}

function mayBeSse({ method }: JsonRpcRequest, refusal: Refusal): boolean {
  return (
    method === "initialize" && NO_POST_HERE.includes(refusal.status) && !isModernRefusal(refusal)
  );
}
