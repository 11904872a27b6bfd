import type { Layer, Outgoing } from "./fetch.ts";
import { numbers, waitAskedFor } from "./retry-after.ts";

/** How fast requests of one credential may be sent. */
export interface PaceRules {
  /** Most requests at once. Default 10. */
  readonly concurrency?: number;
  /** Most requests begun in one second. Unlimited until the service says otherwise. */
  readonly perSecond?: number | undefined;
  /** The credential of a request. Default: its `authorization` header. */
  readonly credential?: (request: Outgoing) => string;
  /** Whether this answer means that requests come too fast. Default: 429. */
  readonly isRefused?: (response: Response) => boolean;
}

/**
 * Sends the requests of each credential in the order they came, no faster than allowed. What the service says of its
 * own limit (`X-RateLimit-Limit`, of several windows the first, in requests a second) takes the place of the rule, and
 * once it refuses one request it is sent no other before the time it named, a minute at most.
 */
export function pace({
  concurrency = 10,
  perSecond,
  credential = ({ headers }) => headers.get("authorization") ?? "",
  isRefused = ({ status }) => status === 429,
}: PaceRules = {}): Layer {
  const queues = new Map<string, Queue>();
  /** A request that was refused and is sent again keeps the place it came with. */
  const places = new WeakMap<Outgoing, number>();
  let came = 0;
  const queueOf = (name: string) => {
    const queue = queues.get(name) ?? new Queue(concurrency, perSecond);
    queues.set(name, queue);
    return queue;
  };
  return (next) => async (request) => {
    const queue = queueOf(credential(request));
    const place = places.get(request) ?? came++;
    places.set(request, place);
    await queue.enter(place, request.signal);
    try {
      const response = await next(request);
      const windows = numbers(response.headers.get("x-ratelimit-limit"));
      // One number is a limit of some longer window, an hour mostly; of several the first is the shortest.
      if (windows.length > 1 && windows[0]! > 0) queue.perSecond = windows[0];
      if (isRefused(response)) queue.hold(waitAskedFor(response.headers, Date.now()) ?? 0);
      return response;
    } finally {
      queue.leave();
    }
  };
}

interface Waiting {
  readonly place: number;
  readonly begin: () => void;
}

/** Who waits, first come first served. */
class Queue {
  perSecond: number | undefined;
  readonly #concurrency: number;
  #waiting: Waiting[] = [];
  /** When the latest requests began, oldest first; no more than a second's worth. */
  #begun: number[] = [];
  #running = 0;
  #heldUntil = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(concurrency: number, perSecond: number | undefined) {
    this.#concurrency = concurrency;
    this.perSecond = perSecond;
  }

  /** Resolves when it is the caller's turn. */
  enter(place: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const begin = () => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      const waiting = { place, begin };
      const leave = () => {
        this.#waiting = this.#waiting.filter((other) => other !== waiting);
        reject(signal.reason);
      };
      signal.addEventListener("abort", leave, { once: true });
      const before = this.#waiting.findLastIndex((other) => other.place < place);
      this.#waiting.splice(before + 1, 0, waiting);
      this.#admit();
    });
  }

  leave(): void {
    this.#running--;
    this.#admit();
  }

  /** Lets nobody begin for a while. */
  hold(milliseconds: number): void {
    const until = performance.now() + Math.min(milliseconds, LONGEST_HOLD_MS);
    this.#heldUntil = Math.max(this.#heldUntil, until);
  }

  #admit(): void {
    for (let first = this.#waiting[0]; first; first = this.#waiting[0]) {
      if (this.#running >= this.#concurrency) return;
      const wait = this.#pause(performance.now());
      if (wait > 0) {
        this.#timer ??= setTimeout(() => {
          this.#timer = undefined;
          this.#admit();
        }, wait);
        return;
      }
      this.#waiting.shift();
      this.#running++;
      this.#begun.push(performance.now());
      first.begin();
    }
  }

  /** Milliseconds until one more may begin. */
  #pause(now: number): number {
    this.#begun = this.#begun.filter((at) => now - at < WINDOW_MS);
    const blocking = this.perSecond === undefined ? undefined : this.#begun.at(-this.perSecond);
    const free = blocking === undefined ? now : blocking + WINDOW_MS;
    return Math.max(0, Math.ceil(Math.max(free, this.#heldUntil) - now));
  }
}

/** A little more than a second: the service's clock need not agree with ours. */
const WINDOW_MS = 1_050;

const LONGEST_HOLD_MS = 60_000;
