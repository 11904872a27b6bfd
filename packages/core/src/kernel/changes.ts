/** Which of a server's lists changed. */
export type ListKind = "tools" | "prompts" | "resources";

/** Something a server tells those who subscribed. */
export type Change =
  | { readonly kind: "list"; readonly list: ListKind }
  | { readonly kind: "resource"; readonly uri: string };

/** What travels on the hub: a change, or the end of an elicitation that took place on a page. */
export type Announcement = Change | { readonly kind: "elicitation"; readonly id: string };

/** Where changes can be heard of. */
export interface ChangeFeed {
  /** Hears of everything until the returned function is called. */
  listen(listener: (announcement: Announcement) => void): () => void;
}

/**
 * Where a server announces changes; every connection that subscribed hears of them. Definitions never
 * mutate: what changes is announced here and listed anew on the next call.
 */
export class Changes implements ChangeFeed {
  readonly #listeners = new Set<(announcement: Announcement) => void>();

  /** Tells everyone that a list has changed. */
  listChanged(list: ListKind): void {
    this.#announce({ kind: "list", list });
  }

  /** Tells everyone who subscribed to `uri` that the resource has changed. */
  resourceUpdated(uri: string): void {
    this.#announce({ kind: "resource", uri });
  }

  /**
   * Tells the client that was sent to a page under this `id` that the user is done there. Only 2025-11-25 has a
   * message for it; a client of any other revision is not told, and calls again when the user says so.
   */
  elicitationCompleted(id: string): void {
    this.#announce({ kind: "elicitation", id });
  }

  listen(listener: (announcement: Announcement) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #announce(announcement: Announcement): void {
    for (const listener of [...this.#listeners]) listener(announcement);
  }
}
