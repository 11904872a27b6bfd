import type { JsonRpcMessage } from "../../jsonrpc/message.ts";
import type { Revision } from "../../protocol/index.ts";
import { type EventStream, primingEvent, retryEvent } from "../../transport/http/event-stream.ts";
import { type ReplayBudget, ResumableStream } from "./http-replay.ts";

/** Most announcements kept for a client that has no stream open. */
const MOST_WAITING = 32;
/** Most streams of one session that are kept for a client to come back to. */
const MOST_STREAMS = 64;

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

  /** How many streams clients can still come back to. */
  get size(): number {
    return this.#streams.size;
  }

  /** Opens a stream on the connection of the request it answers. */
  open(connection: EventStream): ResumableStream {
    const id = String(++this.#opened);
    const stream = new ResumableStream(id, this.#budget, () => this.#forgotten(id));
    this.#streams.set(id, stream);
    if (this.#streams.size > MOST_STREAMS) this.#forgetOldest();
    if (this.#polls) connection.write(primingEvent(stream.startId));
    stream.attach(connection);
    return stream;
  }

  /** Opens a stream for what belongs to no call. */
  listen(connection: EventStream): void {
    this.#listen(this.open(connection), connection);
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
    if (this.#listening.has(stream)) this.#listen(stream, connection);
    else connection.keepAlive();
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

  /** Forgets what ended before `time`, in milliseconds since the epoch. */
  forgetEnded(time: number): void {
    for (const stream of [...this.#streams.values()]) {
      if (stream.endedBefore(time)) stream.forget();
    }
  }

  #listen(stream: ResumableStream, connection: EventStream): void {
    connection.keepAlive();
    this.#listening.delete(stream);
    this.#listening.add(stream);
    for (const json of this.#waiting.splice(0)) stream.send(json);
  }

  /** Makes room: what nobody reads and nobody writes any more goes first. */
  #forgetOldest(): void {
    const streams = [...this.#streams.values()];
    streams.find((stream) => !stream.connected)?.forget();
  }

  #forgotten(id: string): void {
    const stream = this.#streams.get(id);
    this.#streams.delete(id);
    if (stream) this.#listening.delete(stream);
  }
}
