/** A wait for the next change of one task. */
export interface Wake {
  /** Resolves at the next change, after the longest time to wait, or when the signal aborts. */
  readonly promise: Promise<void>;
  /** Waits no longer. */
  cancel(): void;
}

/** Who waits for which task to change, in this process. */
export class Wakes {
  readonly #waiting = new Map<string, Set<() => void>>();

  /**
   * Begins to wait for a change of `id`.
   * @param longestMs after which it is worth a look without being told: another process may have changed it
   */
  next(id: string, longestMs: number, signal: AbortSignal): Wake {
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting = this.#waiting.get(id) ?? new Set();
    this.#waiting.set(id, waiting);
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      waiting.delete(end);
      if (waiting.size === 0 && this.#waiting.get(id) === waiting) this.#waiting.delete(id);
      resolve();
    };
    const timer = setTimeout(end, longestMs);
    waiting.add(end);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
    return { promise, cancel: end };
  }

  /** The task has changed. */
  wake(id: string): void {
    for (const end of [...(this.#waiting.get(id) ?? [])]) end();
  }
}
