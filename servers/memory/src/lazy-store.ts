import type { GraphStore } from "./graph/store.ts";

/** The store, opened when it is first needed: listing tools touches no database. */
export class LazyStore {
  readonly #open: () => Promise<GraphStore>;
  readonly #waiting = new Set<(store: GraphStore) => void>();
  #opening: Promise<GraphStore> | undefined;
  #store: GraphStore | undefined;
  #closing: Promise<void> | undefined;

  constructor(open: () => Promise<GraphStore>) {
    this.#open = open;
  }

  /** The open store. One that could not be opened is tried again by the next call. */
  get(): Promise<GraphStore> {
    if (this.#closing) return Promise.reject(new Error("The store is closed."));
    this.#opening ??= this.#openOnce();
    return this.#opening;
  }

  /** Calls `use` once the store is open, which this does not bring about, unless the returned function is called before. */
  whenOpen(use: (store: GraphStore) => void): () => void {
    if (this.#store) {
      use(this.#store);
      return () => undefined;
    }
    this.#waiting.add(use);
    return () => this.#waiting.delete(use);
  }

  /** Closes the store if it was opened. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #openOnce(): Promise<GraphStore> {
    try {
      const store = await this.#open();
      this.#store = store;
      for (const use of this.#waiting) use(store);
      this.#waiting.clear();
      return store;
    } catch (error) {
      this.#opening = undefined;
      throw error;
    }
  }

  async #close(): Promise<void> {
    this.#waiting.clear();
    const store = await this.#opening?.catch(() => undefined);
    await store?.close();
  }
}
