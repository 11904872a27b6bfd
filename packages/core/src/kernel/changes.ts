/** Which of a server's lists changed. */
export type ListKind = "tools" | "prompts" | "resources";

/** Something a server tells those who subscribed. */
export type Change =
  | { readonly kind: "list"; readonly list: ListKind }
  | { readonly kind: "resource"; readonly uri: string };

/**
 * Where a server announces changes; every connection that subscribed hears of them. Definitions never
 * mutate: what changes is announced here and listed anew on the next call.
 */
export class Changes {
  readonly #listeners = new Set<(change: Change) => void>();

  /** Tells everyone that a list has changed. */
  listChanged(list: ListKind): void {
    this.#announce({ kind: "list", list });
  }

  /** Tells everyone who subscribed to `uri` that the resource has changed. */
  resourceUpdated(uri: string): void {
    this.#announce({ kind: "resource", uri });
  }

  /** Hears of every change until the returned function is called. */
  listen(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #announce(change: Change): void {
    for (const listener of [...this.#listeners]) listener(change);
  }
}
