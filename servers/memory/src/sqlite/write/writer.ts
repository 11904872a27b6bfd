import type { Connection } from "../connection.ts";
import { isDamage, refusal } from "../errors.ts";
import { whenFree } from "../retry.ts";
import { isWaiting } from "../search/index-entities.ts";
import { Batch } from "./batch.ts";

/** How long one transaction goes on taking writes, in milliseconds: the process does nothing else meanwhile. */
const LONGEST = 20;

/** How long nothing is written before the search index catches up, in milliseconds. */
const QUIET = 100;

interface Waiting {
  readonly work: (batch: Batch) => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** What one transaction wrote: the changes after `after`, up to `last`. */
export interface Written {
  readonly after: number;
  readonly last: number;
}

/**
 * Does writes one after the other, as many in one transaction as are waiting, so that they share its way to the disk.
 * Each is done wholly or not at all, whatever becomes of the others.
 */
export class Writer {
  readonly #connection: Connection;
  readonly #written: (written: Written) => void;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;
  #damage: unknown;
  #catchingUp: NodeJS.Timeout | undefined;

  constructor(connection: Connection, written: (written: Written) => void) {
    this.#connection = connection;
    this.#written = written;
  }

  /**
   * Does `work` in a transaction.
   * @returns its result, once it would survive the loss of power
   * @throws what `work` throws, and `GraphError`s of the database
   */
  write<T>(work: (batch: Batch) => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ work, resolve: resolve as (value: unknown) => void, reject });
      this.#running ??= this.#run();
    });
  }

  /** Has the search index learn all that was written. */
  async index(): Promise<void> {
    clearTimeout(this.#catchingUp);
    this.#catchingUp = undefined;
    if (isWaiting(this.#connection)) await this.write((batch) => batch.indexAll());
  }

  /** Resolves once nothing waits any more. */
  async idle(): Promise<void> {
    clearTimeout(this.#catchingUp);
    while (this.#running !== undefined) await this.#running;
  }

  async #run(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        // Whatever else is ready to write in this turn of the event loop comes along.
        await new Promise((resolve) => setImmediate(resolve));
        await this.#commit();
      }
    } finally {
      this.#running = undefined;
    }
    clearTimeout(this.#catchingUp);
    // Whatever goes wrong meets the next who writes or searches as well.
    this.#catchingUp = setTimeout(() => void this.index().catch(() => {}), QUIET).unref();
  }

  async #commit(): Promise<void> {
    const taken: Waiting[] = [];
    try {
      // What is damaged is not written to: it could get worse.
      if (this.#damage !== undefined) throw this.#damage;
      const committed = await whenFree(() => this.#transaction(taken));
      const { settle, written } = committed();
      for (const one of settle) one();
      if (written.last > written.after) this.#written(written);
    } catch (error) {
      if (isDamage(error)) this.#damage = error;
      const refused = taken.length > 0 ? taken : this.#waiting.splice(0);
      for (const { reject } of refused) reject(refusal(error));
    }
  }

  /**
   * One transaction, without a pause from its begin to its end.
   * @returns what to tell each caller, or throws what ended it
   * @throws when it cannot begin because of another process
   */
  #transaction(taken: Waiting[]): () => { settle: (() => void)[]; written: Written } {
    const database = this.#connection.database;
    database.exec("BEGIN IMMEDIATE");
    try {
      const batch = new Batch(this.#connection);
      const after = batch.lastChange;
      const settle = this.#perform(batch, taken);
      batch.index();
      database.exec("COMMIT");
      const written = { after, last: batch.lastChange };
      return () => ({ settle, written });
    } catch (error) {
      if (database.inTransaction) database.exec("ROLLBACK");
      return () => {
        throw error;
      };
    }
  }

  /** Does what waits, until time is up. @returns what to tell each caller once all is committed */
  #perform(batch: Batch, taken: Waiting[]): (() => void)[] {
    const settle: (() => void)[] = [];
    const deadline = performance.now() + LONGEST;
    do {
      const next = this.#waiting.shift();
      if (next === undefined) break;
      taken.push(next);
      settle.push(this.#performOne(batch, next));
    } while (performance.now() < deadline);
    return settle;
  }

  #performOne(batch: Batch, { work, resolve, reject }: Waiting): () => void {
    const database = this.#connection.database;
    const before = batch.mark();
    database.exec("SAVEPOINT one");
    try {
      const value = work(batch);
      database.exec("RELEASE one");
      return () => resolve(value);
    } catch (error) {
      // Some errors, as a full disk, have ended the whole transaction.
      if (!database.inTransaction || isDamage(error)) throw error;
      database.exec("ROLLBACK TO one; RELEASE one");
      batch.backTo(before);
      return () => reject(refusal(error));
    }
  }
}
