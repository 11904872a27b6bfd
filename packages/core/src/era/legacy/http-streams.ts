import type { JsonRpcMessage } from "../../jsonrpc/message.ts";
import type { Revision } from "../../protocol/index.ts";
import { type EventStream, primingEvent, retryEvent } from "../../transport/http/event-stream.ts";
import { type ReplayBudget, ResumableStream } from "./http-replay.ts";

/** Most announcements kept for a client that has no stream open. */
const MOST_WAITING = 32;
/** Most streams of one session that are kept after their end, for a client to come back to. */
const MOST_ENDED = 16;
/** How long they are kept, in milliseconds. */
const ENDED_MS = 60_000;

/**
 * The event streams of one session: one for each call that streams, and those the client opened to listen.
 * Each message goes on one stream only (basic/transports: multiple connections, MUST).
 */
export class SessionStreams {
  readonly #budget: ReplayBudget;
  readonly #polls: boolean;
  readonly #streams = new Map<string, ResumableStream>();
  /** Streams to listen on, the newest last. */
  readonly #listening = new Set<ResumableStream>();
  #waiting: string[] = [];
  #opened = 0;

  constructor(revision: Revision, budget: ReplayBudget) {
    this.#budget = budget;
    // 2025-11-25 basic/transports has polling; older clients trip over its events without data.
    this.#polls = revision >= "2025-11-25";
  }

  /** Opens a stream on the connection of the request it answers. */
  open(connection: EventStream): ResumableStream {
    const id = String(++this.#opened);
    const stream = new ResumableStream(id, this.#budget, () => this.#forgotten(id));
    this.#streams.set(id, stream);
    this.forgetEnded();
    if (this.#polls) connection.write(primingEvent(stream.startId));
    stream.attach(connection);
    return stream;
  }

  /** Opens a stream for what belongs to no call. */
  listen(connection: EventStream): void {
    this.#listen(this.open(connection));
  }

  /**
   * Goes on after the event `lastEventId` on another connection.
   * @param connect opens it, once it is known that there is something to send
   * @returns false when what came after that event is not there any more
   */
  resume(lastEventId: string, connect: () => EventStream): boolean {
    const [, id = "", number = ""] = /^(\d+)-(\d+)$/.exec(lastEventId) ?? [];
    const stream = this.#streams.get(id);
    if (!stream?.canResume(Number(number))) return false;
    const connection = connect();
    stream.resume(connection, Number(number));
    if (this.#listening.has(stream)) this.#listen(stream);
    return true;
  }

  /** Sends what belongs to no call: on the newest stream that listens, or on the next one to. */
  announce(message: JsonRpcMessage): void {
    const json = JSON.stringify(message);
    const stream = [...this.#listening].findLast(({ connected }) => connected);
    if (stream) return stream.send(json);
    // A change that is told twice is one change.
    if (this.#waiting.includes(json)) return;
    this.#waiting.push(json);
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift();
  }

  /** Hangs up on the reader of a stream while its call goes on; the client comes back after `retryMs`. */
  release(stream: ResumableStream, retryMs: number): void {
    if (this.#polls) stream.release(retryEvent(retryMs));
  }

  /** Ends every stream, for good. */
  close(): void {
    for (const stream of [...this.#streams.values()]) {
      stream.end();
      stream.forget();
    }
  }

  /** Forgets the streams that ended long ago, or before too many others. */
  forgetEnded(): void {
    const since = Date.now() - ENDED_MS;
    const ended = [...this.#streams.values()].filter(({ endedAt }) => endedAt !== undefined);
    for (const [at, stream] of ended.entries()) {
      const isOne = ended.length - at > MOST_ENDED || (stream.endedAt ?? since) < since;
      if (isOne) stream.forget();
    }
  }

  #listen(stream: ResumableStream): void {
    this.#listening.delete(stream);
    this.#listening.add(stream);
    for (const json of this.#waiting.splice(0)) stream.send(json);
  }

  #forgotten(id: string): void {
    const stream = this.#streams.get(id);
    this.#streams.delete(id);
    if (stream) this.#listening.delete(stream);
  }
}
