/** Lets what has the same name run one after the other, in the order it came. */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();

  /** Runs `task` once all that came before it under this name has ended, however it ended. */
  async take<T>(name: string, task: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name);
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    this.#last.set(name, ended);
    await before;
    try {
      return await task();
    } finally {
      end();
      if (this.#last.get(name) === ended) this.#last.delete(name);
    }
  }
}
