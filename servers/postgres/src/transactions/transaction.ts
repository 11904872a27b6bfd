import type { Database, OpenTransaction, Session, Use } from "../database/database.ts";
import type { Held } from "./leases.ts";

/** A transaction that several calls work in, one after the other. */
export class Transaction implements Held {
  readonly database: Database;
  readonly #open: OpenTransaction;

  private constructor(database: Database, open: OpenTransaction) {
    this.database = database;
    this.#open = open;
  }

  static async begin(database: Database, use: Use, readOnly: boolean): Promise<Transaction> {
    return new Transaction(database, await database.begin({ ...use, readOnly }));
  }

  get ended(): Promise<void> {
    return this.#open.ended;
  }

  /** Does one change in it. One that fails is undone, and the transaction goes on. */
  attempt<T>(use: Use, work: (session: Session) => Promise<T>): Promise<T> {
    return this.#open.run(use, work);
  }

  /** Reads in it: whatever `work` runs cannot change anything, also where others may, and leaves no trace. */
  async read<T>(use: Use, work: (session: Session) => Promise<T>): Promise<T> {
    const undo = new Error("Undone on purpose.");
    let value: T;
    try {
      return await this.#open.run(use, async (session) => {
        // Holds only until the work is undone.
        await session.query("SET LOCAL transaction_read_only = on");
        value = await work(session);
        throw undo;
      });
    } catch (error) {
      if (error !== undo) throw error;
      return value!;
    }
  }

  commit(): Promise<void> {
    return this.#open.commit();
  }

  end(): Promise<void> {
    return this.#open.rollback();
  }
}
