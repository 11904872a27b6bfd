import type { Connection } from "./connection.ts";
import { isDamage, refusal } from "./errors.ts";
import { whenFree } from "./retry.ts";

/** Something read of a database. */
export type Look<T> = (connection: Connection) => T | Promise<T>;

/** What is being read of a database. */
export class Looks {
  readonly #connection: Connection;
  readonly #damaged: (error: unknown) => void;
  readonly #running = new Set<Promise<unknown>>();

  /** @param damaged is called when what is read turns out to be damaged */
  constructor(connection: Connection, damaged: (error: unknown) => void) {
    this.#connection = connection;
    this.#damaged = damaged;
  }

  /**
   * Reads, once nobody is in the way.
   * @param ready what has to be done before
   * @throws {GraphError}
   */
  async look<T>(look: Look<T>, ready?: Promise<void>): Promise<T> {
    const looking = ready ? ready.then(() => this.#whenFree(look)) : this.#whenFree(look);
    this.#running.add(looking);
    try {
      return await looking;
    } finally {
      this.#running.delete(looking);
    }
  }

  /** Resolves once all that was begun is done. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#running);
  }

  async #whenFree<T>(look: Look<T>): Promise<T> {
    try {
      // What is begun is not begun anew, so that a promise is not waited for in there.
      return await (await whenFree(() => ({ looked: look(this.#connection) }))).looked;
    } catch (error) {
      if (isDamage(error)) this.#damaged(error);
      throw refusal(error);
    }
  }
}
