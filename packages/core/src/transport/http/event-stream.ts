import { atTime } from "../at-time.ts";
import type { EventWriter, Exchange } from "./exchange.ts";

/** One event that carries a message. JSON has no raw line breaks, so one `data` line holds it. */
export function messageEvent(json: string, id?: string): string {
  return id === undefined
    ? `event: message\ndata: ${json}\n\n`
    : `id: ${id}\nevent: message\ndata: ${json}\n\n`;
}

/** An event without a message: gives the client an id to come back with (2025-11-25 basic/transports: SHOULD). */
export function primingEvent(id: string): string {
  return `id: ${id}\ndata: \n\n`;
}

/** Tells the client how long to wait, in milliseconds, before it comes back. */
export function retryEvent(milliseconds: number): string {
  return `retry: ${milliseconds}\n\n`;
}

/** An event of another type than `message`. */
export function namedEvent(name: string, data: string): string {
  return `event: ${name}\ndata: ${data}\n\n`;
}

/** What a comment line keeps open: connections that proxies would take for dead. */
const KEEP_ALIVE = ": keep-alive\n\n";

/** The last event of a stream whose caller must show again who it is: to be read by people only. */
export const EXPIRED = ": the access token expired; open the stream again with a new one\n\n";

const HEADERS = {
  "Content-Type": "text/event-stream",
  "Cache-Control": "no-cache, no-transform",
  // 2026-07-28 basic/transports/streamable-http: SHOULD, so that no proxy holds events back.
  "X-Accel-Buffering": "no",
} as const;

/** How event streams are kept within bounds. */
export interface StreamRules {
  /** Bytes that may wait for a client while more is sent; the stream of one that reads slower is cut. */
  readonly backlogBytes: number;
  /** Milliseconds between comments, which keep a quiet stream open. */
  readonly keepAliveMs: number;
  /** Hears why a stream was cut. */
  readonly onCut: (reason: string) => void;
  /** True while no more streams may be opened. */
  readonly isFull: () => boolean;
  /** Hears of each stream that opens, and of its end. */
  readonly onOpen: () => void;
  readonly onClose: () => void;
}

/** How long one stream may last. */
export interface StreamLife {
  /** When it ends by itself, in milliseconds since the epoch. Default: never. */
  readonly expiresAt?: number | undefined;
  /** Hears that it did. */
  readonly onExpired?: (() => void) | undefined;
}

/** One open event stream to one client, kept within bounds. */
export class EventStream {
  readonly #writer: EventWriter;
  readonly #rules: StreamRules;
  readonly #life: StreamLife;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #callOff: (() => void) | undefined;
  #open = true;

  /** Answers `exchange` with a stream. */
  constructor(exchange: Exchange, rules: StreamRules, life: StreamLife = {}) {
    this.#rules = rules;
    this.#life = life;
    this.#writer = exchange.stream(HEADERS);
    // basic/transports/streamable-http: servers are encouraged to keep quiet streams open with comments.
    this.#timer = setInterval(() => this.write(KEEP_ALIVE), rules.keepAliveMs);
    // Not everywhere a timer is an object; where it is one, it must not keep the process alive.
    (this.#timer as { unref?: () => void }).unref?.();
    if (life.expiresAt !== undefined) this.#callOff = atTime(life.expiresAt, this.#expire);
    rules.onOpen();
    exchange.onGone(() => this.#close());
  }

  /** False once it ended, was cut, or the client is gone. */
  get open(): boolean {
    return this.#open;
  }

  /** True while so much is unread that sending more would cut the client off. */
  get isFull(): boolean {
    return this.#open && this.#writer.waiting > this.#rules.backlogBytes;
  }

  /**
   * Sends events. However large one is, it is taken; but a client that has not read enough of those before is cut
   * off, or what waits for it would grow without end.
   */
  write(text: string): void {
    if (!this.#open) return;
    const { backlogBytes, onCut } = this.#rules;
    const { waiting } = this.#writer;
    if (waiting <= backlogBytes) return this.#writer.write(text);
    this.#writer.cut();
    this.#close();
    onCut(
      `An event stream was cut: its client left ${waiting} bytes unread, and ${backlogBytes} are allowed.`,
    );
  }

  /** Sends what is queued, then ends. */
  end(): void {
    if (!this.#open) return;
    this.#close();
    this.#writer.end();
  }

  readonly #expire = (): void => {
    this.write(EXPIRED);
    this.end();
    this.#life.onExpired?.();
  };

  #close(): void {
    if (!this.#open) return;
    this.#open = false;
    clearInterval(this.#timer);
    this.#callOff?.();
    this.#rules.onClose();
  }
}
