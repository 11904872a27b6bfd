import type { Aim, Answer, Step } from "./batch.ts";
import type { Connection, Run } from "./connection.ts";
import { DatabaseError } from "./database.ts";
import { cancelled } from "./failure.ts";
import type { Pool } from "./pool.ts";
import { beginning, type Terms } from "./prologue.ts";
import { endOfReading, resetReading, resetSession } from "./reset.ts";

/** What a batch is for whose steps are all that matters. */
const NOTHING: Aim = { run: { sql: "" } };

/** Most bytes of rows that are asked for at once because there were no more the last time. */
const AT_ONCE_BYTES = 256 * 1024;

/** What a transaction needs. */
export interface TransactionOptions {
  readonly pool: Pool;
  readonly terms: Terms;
  readonly pooling: "session" | "transaction";
}

/** One transaction on a connection of the pool, which it borrows with its first statement. */
export class Transaction {
  readonly #options: TransactionOptions;
  #connection: Connection | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #isOver = false;
  #cursors = 0;
  /** The rows so far of the statement that the session is to keep. */
  #read: { readonly key: string; readonly cursor: string; rows: number; bytes: number } | undefined;

  constructor(options: TransactionOptions) {
    this.#options = options;
  }

  /** Bytes the last answer had. */
  get received(): number {
    return this.#connection?.received ?? 0;
  }

  /** Whether nothing can be sent in it any more. */
  get isOver(): boolean {
    return this.#isOver || this.#connection?.isUsable === false;
  }

  /** A name no other cursor of this transaction has. */
  nameCursor(): string {
    this.#cursors += 1;
    return `portico_${this.#cursors}`;
  }

  /**
   * Sends statements in one piece, after those before them were answered.
   * @throws {DatabaseError}
   */
  send(steps: readonly Step[], aim: Aim, run: Run): Promise<Answer> {
    return this.#inTurn(async () => {
      if (this.#isOver) throw over();
      if (!this.#connection) return this.#begin(steps, aim, run);
      const answer = await this.#connection.run(steps.map(unkept), unkeptAim(aim), run);
      this.#checkIsOpen();
      if ("fetch" in aim && aim.fetch === this.#read?.cursor) this.#note(answer);
      return answer;
    });
  }

  /**
   * Ends it and keeps what it did.
   * @throws {DatabaseError} when nothing was kept, or nobody knows
   */
  commit(run: Run): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#isOver) throw over();
      this.#isOver = true;
      const connection = this.#connection;
      if (!connection) return;
      if (!connection.isUsable) throw lostBefore();
      try {
        if (run.signal?.aborted) throw cancelled();
        const { tag } = await connection.run([], { run: { sql: "COMMIT" } }, run);
        if (tag !== "COMMIT") throw undone();
      } catch (error) {
        throw isLost(error) ? unknownOutcome() : error;
      } finally {
        void this.#giveBack(connection);
      }
    });
  }

  /** Ends it and undoes what it did. Resolves at once when it is over already. */
  rollback(): Promise<void> {
    return this.#inTurn(async () => {
      this.#isOver = true;
      const connection = this.#connection;
      if (connection) await this.#giveBack(connection);
    });
  }

  async #begin(steps: readonly Step[], aim: Aim, run: Run): Promise<Answer> {
    try {
      const answer = await this.#start(steps, aim, run);
      this.#checkIsOpen();
      return answer;
    } catch (error) {
      // Whatever comes next must not run outside of a transaction that never began.
      if (this.#connection?.status === "I") this.#isOver = true;
      throw error;
    }
  }

  /**
   * The first statement travels with the beginning when it can only read: sending it twice does no harm then. A
   * connection that turns out to be dead, as all are after the server was restarted, is replaced once; so is one whose
   * session is not the one that kept our statements, as behind a pooler we were not told of.
   */
  async #start(steps: readonly Step[], aim: Aim, run: Run): Promise<Answer> {
    const { terms, pool } = this.#options;
    let keeps = true;
    const start = async () => {
      const connection = await pool.acquire(run.signal);
      this.#connection = connection;
      if (!keeps) connection.kept = undefined;
      const begin = beginning(terms, connection.settingsToFix);
      if (!terms.readOnly) return connection.run(begin, NOTHING, run);
      const all = [...begin, ...steps];
      const whole = wholeOf(all, aim, connection);
      if (whole) return this.#runWhole(all, whole, run, connection);
      const answer = await connection.run(all, aim, run);
      this.#noteFirst(aim, answer);
      return answer;
    };
    const answer = await start().catch((error: unknown) => {
      if (!this.#connection || !(isLost(error) || isForgotten(error))) throw error;
      pool.remove(this.#connection);
      pool.dropIdle();
      this.#connection = undefined;
      keeps = !isForgotten(error);
      return start();
    });
    return terms.readOnly ? answer : this.#connection!.run(steps.map(unkept), unkeptAim(aim), run);
  }

  /**
   * Its end and the session's reset travel with the only statement, where its rows were few the last time. Its
   * answer does not wait for them; whoever borrows the connection next does.
   */
  async #runWhole(
    steps: readonly Step[],
    aim: Aim,
    run: Run,
    connection: Connection,
  ): Promise<Answer> {
    const after = endOfReading(connection.kept!);
    const answer = await connection.run(steps, aim, { ...run, forget: true, after });
    this.#noteFirst(aim, answer);
    this.#isOver = true;
    this.#connection = undefined;
    void this.#options.pool.release(connection, () => connection.whole);
    if (!answer.hasMore) return answer;
    throw new DatabaseError(
      "changed",
      "The statement has more rows than the last time; try again.",
    );
  }

  #noteFirst(aim: Aim, answer: Answer): void {
    if (!("run" in aim) || typeof aim.run.kept !== "object") return;
    this.#read = { key: aim.run.kept.key, cursor: aim.cursor ?? "", rows: 0, bytes: 0 };
    this.#note(answer);
  }

  /** How many rows there are is known with the last of them. */
  #note({ rows, hasMore }: Answer): void {
    const read = this.#read!;
    read.rows += rows.length;
    read.bytes += this.received;
    const isFew = !hasMore && read.bytes <= AT_ONCE_BYTES;
    this.#connection?.kept?.noteRows(read.key, isFew ? read.rows : undefined);
  }

  /** A statement that ended the transaction got past every rule before; nothing may run after it. */
  #checkIsOpen(): void {
    if (this.#connection?.status !== "I") return;
    this.#isOver = true;
    this.#connection.destroy();
    const message = "The statement ended the transaction it ran in, which is not for it to do.";
    throw new DatabaseError("not-allowed", message);
  }

  #giveBack(connection: Connection): Promise<void> {
    this.#connection = undefined;
    const { pool, pooling, terms } = this.#options;
    const { kept } = connection;
    const reset = () =>
      terms.readOnly && kept ? resetReading(connection, kept) : resetSession(connection, pooling);
    return pool.release(connection, reset);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => {});
    return turn;
  }
}

/** The aim with room for all its rows, where nothing but what the session keeps is to be run and they were few. */
function wholeOf(steps: readonly Step[], aim: Aim, { kept }: Connection): Aim | undefined {
  if (!kept || !("run" in aim) || typeof aim.run.kept !== "object") return undefined;
  const isKept = ({ sql, kept: keeping }: Step) =>
    keeping === "named" && kept.get(sql) !== undefined;
  const rows = kept.rowsOf(aim.run.kept.key);
  const { most = Number.MAX_SAFE_INTEGER } = aim;
  if (rows === undefined || rows >= most || !steps.every(isKept)) return undefined;
  // Some may have come since.
  return aim.rows === undefined
    ? aim
    : { ...aim, rows: Math.min(most, Math.max(aim.rows, 2 * rows)) };
}

/** Whether the connection went, rather than the statement failed. */
export function isLost(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === "connection-lost";
}

/** What ran in a transaction before may have put a statement of its own under the name of one that is kept. */
function unkept({ kept: _, ...step }: Step): Step {
  return step;
}

function unkeptAim(aim: Aim): Aim {
  return "run" in aim ? { ...aim, run: unkept(aim.run) } : aim;
}

/** Whether the session has no statement of the name it was sent for, or has another one. */
function isForgotten(error: unknown): boolean {
  return error instanceof DatabaseError && (error.code === "26000" || error.code === "42P05");
}

function over(): DatabaseError {
  return new DatabaseError("over", "The transaction is over; begin another one.");
}

function undone(): DatabaseError {
  const message = "The transaction was rolled back, because one of its statements had failed.";
  return new DatabaseError("25P02", message);
}

function lostBefore(): DatabaseError {
  const message =
    "The connection was lost and with it what the transaction did; begin another one.";
  return new DatabaseError("connection-lost", message);
}

function unknownOutcome(): DatabaseError {
  const message =
    "The connection was lost while committing, so nobody knows whether it was; look before doing it again.";
  return new DatabaseError("connection-lost", message);
}
