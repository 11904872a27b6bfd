/** Lets one change at a time reach each path; changes of different paths run side by side. */
export class PathLocks {
  readonly #last = new Map<string, Promise<void>>();

  /** Runs `work` once every earlier holder of any of `paths` is done. */
  async hold<T>(paths: readonly string[], work: () => Promise<T>): Promise<T> {
    const keys = new Set(paths);
    const before = [...keys].map((key) => this.#last.get(key));
    let release = () => {};
    const mine = new Promise<void>((done) => {
      release = done;
    });
    // Taken all at once, before the first wait: two calls with the same paths cannot wait for each other.
    for (const key of keys) this.#last.set(key, mine);
    try {
      await Promise.all(before);
      return await work();
    } finally {
      release();
      for (const key of keys) if (this.#last.get(key) === mine) this.#last.delete(key);
    }
  }
}
