import type { Aim, Answer, Step } from "./batch.ts";
import type { Run } from "./connection.ts";
import {
  type Condition,
  DatabaseError,
  type Parameter,
  type QueryOptions,
  type Session,
  type TextRows,
} from "./database.ts";
import { limitStep } from "./prologue.ts";
import { toStep } from "./statement-text.ts";
import type { Transaction } from "./transaction.ts";

/** Rows of a first portion at most: nothing is known yet of how wide they are. */
const FIRST_PORTION = 64;

/** Bytes a portion should have. */
const PORTION_BYTES = 256 * 1024;

/** A transaction, lent for one piece of work. */
export class TransactionSession implements Session {
  readonly #transaction: Transaction;
  readonly #run: Run;
  readonly #keeps: Condition["keeps"];
  #before: readonly Step[];
  #limit: number;
  #isOver = false;

  /** The condition goes to the server with the first statement. */
  constructor(transaction: Transaction, run: Run, condition?: Condition) {
    this.#transaction = transaction;
    this.#run = run;
    this.#before = condition ? [conditionStep(condition)] : [];
    this.#keeps = condition?.keeps;
    this.#limit = run.timeoutMs;
  }

  async query(
    sql: string,
    parameters?: readonly Parameter[],
    { kept = false }: QueryOptions = {},
  ): Promise<TextRows> {
    const step = this.#step(sql, parameters);
    return toTextRows(await this.#send({ run: kept ? { ...step, kept: "named" } : step }));
  }

  async *stream(
    sql: string,
    parameters?: readonly Parameter[],
    portion = Number.MAX_SAFE_INTEGER,
  ): AsyncGenerator<TextRows> {
    const cursor = this.#transaction.nameCursor();
    const started = performance.now();
    let idle = 0;
    const rows = Math.min(portion, FIRST_PORTION);
    const run = this.#step(sql, parameters);
    let answer = await this.#send({ run, cursor, rows, most: portion });
    const { columns } = answer;
    let isOpen = answer.hasMore;
    try {
      for (;;) {
        const lent = performance.now();
        yield { ...toTextRows(answer), columns };
        idle += performance.now() - lent;
        if (!isOpen) return;
        isOpen = false;
        const next = nextPortion(answer.rows.length, this.#transaction.received, portion);
        const spent = performance.now() - started - idle;
        answer = await this.#send({ fetch: cursor, rows: next }, spent);
        isOpen = answer.hasMore;
      }
    } finally {
      if (isOpen && !this.#isOver) await this.#close(cursor);
    }
  }

  /** Ends what was lent: nothing is run for it any more. */
  end(): void {
    this.#isOver = true;
  }

  #step(sql: string, parameters?: readonly Parameter[]): Step {
    const step = toStep(sql, parameters);
    const keeps = this.#keeps;
    return { ...step, kept: keeps?.sql === sql ? { key: keeps.key } : "once" };
  }

  /** The limit is that of the whole statement, whereas PostgreSQL counts anew with each portion. */
  #send(aim: Aim, spentMs = 0): Promise<Answer> {
    if (this.#isOver) {
      const message = "The piece of work is over that this connection was lent for.";
      throw new DatabaseError("over", message);
    }
    const before = [...this.#before];
    this.#before = [];
    const limit = Math.max(1, Math.round(this.#run.timeoutMs - spentMs));
    if (limit !== this.#limit) before.push(limitStep(limit));
    this.#limit = limit;
    return this.#transaction.send(before, aim, { ...this.#run, timeoutMs: limit });
  }

  async #close(cursor: string): Promise<void> {
    await this.#transaction.send([], { close: cursor }, { timeoutMs: this.#run.timeoutMs });
  }
}

function conditionStep({ sql, parameters }: Condition): Step {
  return { ...toStep(sql, parameters), kept: "named", isCondition: true };
}

/** As many rows as fit a portion, if they are as wide as those before; at most sixteen times as many. */
function nextPortion(rows: number, bytes: number, most: number): number {
  const fit = Math.floor((PORTION_BYTES * rows) / Math.max(bytes, 1));
  return Math.max(1, Math.min(fit, rows * 16, most));
}

/** An answer without what only a connection needs to know. */
export function toTextRows({ columns, rows, tag }: Answer): TextRows {
  const words = tag.split(" ");
  const count = Number(words.at(-1));
  return {
    columns,
    rows,
    command: words[0] ?? "",
    affected: tag !== "" && Number.isInteger(count) ? count : undefined,
  };
}
