/** What a {@link Poller} does, and how often. */
export interface PollerOptions {
  /** Milliseconds from the end of one round to the beginning of the next. */
  readonly everyMs: number;
  /** One round. What it throws is passed over: nobody asked for this round, and the next may do better. */
  readonly poll: (signal: AbortSignal) => Promise<void>;
}

/** Asks again and again whether something changed, only while somebody waits to hear of it. Keeps no process alive. */
export class Poller {
  readonly #options: PollerOptions;
  readonly #stop = new AbortController();
  #waiting = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isPolling = false;

  constructor(options: PollerOptions) {
    this.#options = options;
  }

  /** Aborts when the poller is closed. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Polls until the returned function is called; whoever waits at the same time shares the rounds. */
  start(): () => void {
    this.#waiting++;
    this.#plan();
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      if (--this.#waiting === 0) this.#rest();
    };
  }

  /** Ends a round that runs, and begins no more. */
  close(): void {
    this.#stop.abort();
    this.#rest();
  }

  /** The next round begins only when this one is over, however long it takes. */
  #plan(): void {
    if (this.#isPolling || this.#waiting === 0 || this.signal.aborted) return;
    this.#timer ??= setTimeout(() => void this.#round(), this.#options.everyMs);
    // Not everywhere a timer is an object.
    (this.#timer as { unref?: () => void }).unref?.();
  }

  async #round(): Promise<void> {
    this.#timer = undefined;
    this.#isPolling = true;
    try {
      await this.#options.poll(this.signal);
    } catch {
      // See `poll`.
    }
    this.#isPolling = false;
    this.#plan();
  }

  #rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
