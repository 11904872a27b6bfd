/** What a search may take. */
export interface Limits {
  /** Milliseconds. */
  readonly timeMs: number;
  /** Bytes read from files; no limit when left out. */
  readonly bytes?: number;
  /** Aborts the search, which then throws the signal's reason. */
  readonly signal?: AbortSignal;
}

const sliceMs = 8;

/** Keeps one search within its limits and lets other work of the process go on meanwhile. */
export class Budget {
  readonly #signal: AbortSignal | undefined;
  readonly #deadline: number;
  readonly #bytes: number;
  #sliceEnd: number;
  #bytesRead = 0;

  constructor(limits: Limits) {
    const now = performance.now();
    this.#signal = limits.signal;
    this.#deadline = now + limits.timeMs;
    this.#bytes = limits.bytes ?? Number.POSITIVE_INFINITY;
    this.#sliceEnd = now + sliceMs;
  }

  /** Bytes read so far. */
  get bytesRead(): number {
    return this.#bytesRead;
  }

  /** What has run out, if anything. */
  get spent(): "time" | "bytes" | undefined {
    if (this.#bytesRead >= this.#bytes) return "bytes";
    return performance.now() >= this.#deadline ? "time" : undefined;
  }

  /** Counts bytes read. */
  spend(bytes: number): void {
    this.#bytesRead += bytes;
  }

  /** Throws the signal's reason when the search was aborted. */
  throwIfAborted(): void {
    this.#signal?.throwIfAborted();
  }

  /**
   * To be called between steps of less than a few milliseconds. Every 8 ms it returns a promise to wait
   * for, so that other calls get their turn. Throws when the search was aborted.
   */
  breathe(): Promise<void> | undefined {
    this.#signal?.throwIfAborted();
    if (performance.now() < this.#sliceEnd) return undefined;
    return new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      this.#sliceEnd = performance.now() + sliceMs;
      this.#signal?.throwIfAborted();
    });
  }
}
