import type { Step } from "./batch.ts";
import type { Run } from "./connection.ts";
import type { OpenTransaction, Session, Use } from "./database.ts";
import { limitStep } from "./prologue.ts";
import type { Transaction } from "./transaction.ts";
import { TransactionSession } from "./transaction-session.ts";

/** Each piece of work begins with one, so that its failure undoes only itself. */
const SAVEPOINT: Step = { sql: "SAVEPOINT portico" };
const RELEASE: Step = { sql: "RELEASE SAVEPOINT portico" };
const UNDO: Step = { sql: "ROLLBACK TO SAVEPOINT portico" };

/** A transaction over several calls, rolled back when nobody uses it for `idleMs`. */
export class LongTransaction implements OpenTransaction {
  readonly ended: Promise<void>;
  readonly #transaction: Transaction;
  readonly #limitOf: (timeoutMs: number | undefined) => number;
  readonly #idleMs: number;
  readonly #end: () => void;
  #last: Promise<unknown> = Promise.resolve();
  #hasSavepoint = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    transaction: Transaction,
    options: {
      readonly idleMs: number;
      /** What a statement may take, of what a caller asks for. */
      readonly limitOf: (timeoutMs: number | undefined) => number;
    },
  ) {
    this.#transaction = transaction;
    this.#limitOf = options.limitOf;
    this.#idleMs = options.idleMs;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise;
    this.#end = resolve;
    this.#rest();
  }

  run<T>(
    use: Pick<Use, "signal" | "timeoutMs">,
    work: (session: Session) => Promise<T>,
  ): Promise<T> {
    return this.#inTurn(async () => {
      const run = { signal: use.signal, timeoutMs: this.#limitOf(use.timeoutMs) };
      await this.#save(run);
      const session = new TransactionSession(this.#transaction, run);
      try {
        return await work(session);
      } catch (error) {
        await this.#undo(run);
        throw error;
      } finally {
        session.end();
      }
    });
  }

  commit(): Promise<void> {
    return this.#inTurn(() => this.#transaction.commit({ timeoutMs: this.#limitOf(undefined) }));
  }

  rollback(): Promise<void> {
    return this.#inTurn(() => this.#transaction.rollback());
  }

  async #save(run: Run): Promise<void> {
    const release = this.#hasSavepoint ? [RELEASE] : [];
    await this.#transaction.send([...release, SAVEPOINT], { run: limitStep(run.timeoutMs) }, run);
    this.#hasSavepoint = true;
  }

  /** A transaction whose connection is gone has nothing left to undo. */
  async #undo({ timeoutMs }: Run): Promise<void> {
    await this.#transaction.send([], { run: UNDO }, { timeoutMs }).catch(() => {});
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(async () => {
      clearTimeout(this.#timer);
      try {
        return await work();
      } finally {
        this.#rest();
      }
    });
    this.#last = turn.catch(() => {});
    return turn;
  }

  #rest(): void {
    if (this.#transaction.isOver) {
      // Gives the connection back where a statement or the network ended the transaction.
      void this.#transaction.rollback();
      return this.#end();
    }
    this.#timer = setTimeout(() => void this.rollback(), this.#idleMs).unref();
  }
}
