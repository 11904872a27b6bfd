/** The end of a server, which everything that lasts waits for. Costs each of them less than a signal of its own would. */
export class Ending {
  readonly #waiting = new Set<() => void>();
  #over = false;

  /** Resolves at the end, or when `signal` aborts. */
  wait(signal: AbortSignal): Promise<void> {
    if (this.#over || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        this.#waiting.delete(done);
        resolve();
      };
      this.#waiting.add(done);
      signal.addEventListener("abort", done, { once: true });
    });
  }

  /** Ends it, once and for all. */
  end(): void {
    this.#over = true;
    for (const done of [...this.#waiting]) done();
  }
}
