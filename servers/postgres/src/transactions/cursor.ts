import type { Parameter, TextRows, Use } from "../database/database.ts";
import { Portions } from "../rows/portions.ts";
import { inWhole } from "../statement/whole.ts";
import type { Held } from "./leases.ts";
import type { Transaction } from "./transaction.ts";

/** Rows fetched at once; a page may take several fetches, since nobody knows how wide rows are. */
const PORTION = 100;

const DECLARE = "DECLARE portico_page NO SCROLL CURSOR FOR ";

/** A query whose rest is still to be read, from the snapshot its first page was read from. */
export class Cursor implements Held {
  readonly #transaction: Transaction;
  readonly #portions: Portions;
  #use: Use;

  private constructor(transaction: Transaction, use: Use) {
    this.#transaction = transaction;
    this.#use = use;
    this.#portions = new Portions(this.#fetch());
  }

  /**
   * Opens a query in a transaction that belongs to the cursor from now on.
   * @param sql a plain query: nothing else has cursors
   */
  static async open(
    transaction: Transaction,
    use: Use,
    sql: string,
    parameters: readonly Parameter[],
  ): Promise<Cursor> {
    try {
      const declaration = `${DECLARE}${sql}`;
      await inWhole(sql, declaration, () =>
        transaction.attempt(use, (session) => session.query(declaration, parameters)),
      );
      return new Cursor(transaction, use);
    } catch (error) {
      await transaction.end();
      throw error;
    }
  }

  get ended(): Promise<void> {
    return this.#transaction.ended;
  }

  /** Takes some rows; a failure ends the cursor. */
  async read<T>(use: Use, take: (portions: Portions) => Promise<T>): Promise<T> {
    this.#use = use;
    try {
      return await take(this.#portions);
    } catch (error) {
      await this.end();
      throw error;
    }
  }

  end(): Promise<void> {
    return this.#transaction.end();
  }

  async *#fetch(): AsyncGenerator<TextRows> {
    for (;;) {
      const rows = await this.#transaction.attempt(this.#use, (session) =>
        session.query(`FETCH FORWARD ${PORTION} FROM portico_page`),
      );
      yield rows;
      if (rows.rows.length < PORTION) return;
    }
  }
}
