import type { Context } from "@portico/core";

/** Most callers whose sessions are remembered by name. */
const MOST_CALLERS = 10_000;

/**
 * What stands for a session: its connection, or where each request stands alone the caller who showed a token. All
 * whom neither tells apart are one.
 */
export class Sessions {
  readonly #byCaller = new Map<string, object>();

  /** The same object for all calls of a session. */
  of({ connection, principal }: Pick<Context, "connection" | "principal">): object {
    if (connection) return connection;
    const id = principal?.id ?? "";
    const session = this.#byCaller.get(id) ?? {};
    this.#byCaller.delete(id);
    this.#byCaller.set(id, session);
    if (this.#byCaller.size > MOST_CALLERS) this.#forgetOldest();
    return session;
  }

  #forgetOldest(): void {
    for (const id of this.#byCaller.keys()) {
      this.#byCaller.delete(id);
      return;
    }
  }
}
