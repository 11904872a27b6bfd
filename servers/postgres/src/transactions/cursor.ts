import type { Parameter, Session, TextRows, Use } from "../database/database.ts";
import { Portions } from "../rows/portions.ts";
import { shifted } from "../statement/shifted.ts";
import type { Held } from "./leases.ts";
import type { Transaction } from "./transaction.ts";

/** Rows fetched at once; a page may take several fetches, since nobody knows how wide rows are. */
const PORTION = 100;

const DECLARE = "DECLARE portico_page NO SCROLL CURSOR FOR ";
const FETCH = `FETCH FORWARD ${PORTION} FROM portico_page`;

/** A query whose rest is still to be read, from the snapshot its first page was read from. */
export class Cursor implements Held {
  readonly #transaction: Transaction;
  readonly #session: LastingSession;
  #portions: Portions | undefined;

  /** @param transaction belongs to the cursor from now on */
  constructor(transaction: Transaction, use: Use) {
    this.#transaction = transaction;
    this.#session = new LastingSession(transaction, use);
  }

  get ended(): Promise<void> {
    return this.#transaction.ended;
  }

  /**
   * Opens the query, which is a plain one: nothing else has cursors. A failure ends the cursor.
   * @param stream starts it on the session
   */
  async open(stream: (session: Session) => Promise<AsyncIterable<TextRows>>): Promise<void> {
    await this.#orEnd(async () => {
      this.#portions = new Portions(await stream(this.#session));
      await this.#portions.peek();
    });
  }

  /** Takes some rows. A failure ends the cursor. */
  read<T>(use: Use, take: (portions: Portions) => Promise<T>): Promise<T> {
    this.#session.use = use;
    return this.#orEnd(() => take(this.#portions!));
  }

  end(): Promise<void> {
    return this.#transaction.end();
  }

  async #orEnd<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      await this.end();
      throw error;
    }
  }
}

/** A transaction as a session over several pieces of work: of each, the call that it is done for decides. */
class LastingSession implements Session {
  use: Use;
  readonly #transaction: Transaction;

  constructor(transaction: Transaction, use: Use) {
    this.#transaction = transaction;
    this.use = use;
  }

  query(sql: string, parameters?: readonly Parameter[]): Promise<TextRows> {
    return this.#transaction.attempt(this.use, (session) => session.query(sql, parameters));
  }

  async *stream(sql: string, parameters?: readonly Parameter[]): AsyncGenerator<TextRows> {
    await shifted(-DECLARE.length, () => this.query(DECLARE + sql, parameters));
    for (;;) {
      const portion = await this.query(FETCH);
      yield portion;
      if (portion.rows.length < PORTION) return;
    }
  }
}
