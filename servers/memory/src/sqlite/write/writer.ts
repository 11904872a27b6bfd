import type { Connection } from "../connection.ts";
import { isDamage, refusal } from "../errors.ts";
import { copyLongLog } from "../log.ts";
import { whenFree } from "../retry.ts";
import { isWaiting } from "../search/index-entities.ts";
import { Batch } from "./batch.ts";

/** How long one transaction goes on taking writes, in milliseconds: the process does nothing else meanwhile. */
const LONGEST = 20;

/** How long nothing is written before what was left for later is done, in milliseconds. */
const QUIET = 100;

interface Waiting {
  readonly work: (batch: Batch) => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** What a transaction came to: what to tell each caller, and whether it holds a change. */
interface Committed {
  readonly settle: readonly (() => void)[];
  readonly isChange: boolean;
}

/**
 * Does writes one after the other, as many in one transaction as are waiting, so that they share its way to the disk.
 * Each is done wholly or not at all, whatever becomes of the others.
 */
export class Writer {
  readonly #connection: Connection;
  readonly #changed: () => void;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;
  #damage: unknown;
  #catchingUp: NodeJS.Timeout | undefined;

  /** @param changed is called after each transaction that holds a change */
  constructor(connection: Connection, changed: () => void) {
    this.#connection = connection;
    this.#changed = changed;
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

  /** Writes nothing any more, because of this error: what is damaged could get worse. */
  end(damage: unknown): void {
    this.#damage = damage;
  }

  /** Whether the database was found to be damaged. */
  get hasEnded(): boolean {
    return this.#damage !== undefined;
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
    this.#catchingUp = setTimeout(() => void this.#catchUp().catch(() => {}), QUIET).unref();
  }

  async #catchUp(): Promise<void> {
    await this.index();
    // While it was indexed, the database may have been closed.
    if (this.#damage === undefined && this.#connection.database.open) copyLongLog(this.#connection);
  }

  async #commit(): Promise<void> {
    const taken: Waiting[] = [];
    try {
      if (this.#damage !== undefined) throw this.#damage;
      const committed = await whenFree(() => this.#transaction(taken));
      const { settle, isChange } = committed();
      for (const one of settle) one();
      if (isChange) this.#changed();
    } catch (error) {
      if (isDamage(error)) this.end(error);
      const refused = taken.length > 0 ? taken : this.#waiting.splice(0);
      for (const { reject } of refused) reject(refusal(error));
    }
  }

  /**
   * One transaction, without a pause from its begin to its end.
   * @returns what it came to, or throws what ended it
   * @throws when it cannot begin because of another process
   */
  #transaction(taken: Waiting[]): () => Committed {
    const connection = this.#connection;
    connection.run("BEGIN IMMEDIATE");
    try {
      const batch = new Batch(connection);
      const settle = this.#perform(batch, taken);
      batch.index();
      connection.run("COMMIT");
      return () => ({ settle, isChange: batch.isChange });
    } catch (error) {
      if (connection.database.inTransaction) connection.run("ROLLBACK");
      return () => {
        throw error;
      };
    }
  }

  /** Does what waits, until time is up. @returns what to tell each caller once all is committed */
  #perform(batch: Batch, taken: Waiting[]): (() => void)[] {
    // The transaction itself undoes a write that is alone in it; a savepoint would copy every page that is changed.
    const perform = this.#waiting.length === 1 ? performAlone : performOne;
    const settle: (() => void)[] = [];
    const deadline = performance.now() + LONGEST;
    do {
      const next = this.#waiting.shift();
      if (next === undefined) break;
      taken.push(next);
      settle.push(perform(batch, next));
    } while (performance.now() < deadline);
    return settle;
  }
}

function performAlone(batch: Batch, { work, resolve }: Waiting): () => void {
  const value = work(batch);
  return () => resolve(value);
}

/** Does one write of several, or nothing of it. */
function performOne(batch: Batch, { work, resolve, reject }: Waiting): () => void {
  const { connection } = batch;
  const before = batch.mark();
  connection.run("SAVEPOINT one");
  try {
    const value = work(batch);
    connection.run("RELEASE one");
    return () => resolve(value);
  } catch (error) {
    // Some errors, as a full disk, have ended the whole transaction.
    if (!connection.database.inTransaction || isDamage(error)) throw error;
    connection.run("ROLLBACK TO one");
    connection.run("RELEASE one");
    batch.backTo(before);
    return () => reject(refusal(error));
  }
}
