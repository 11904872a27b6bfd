import { runAlone } from "./alone.ts";
import { connect } from "./connect.ts";
import type { Connection } from "./connection.ts";
import {
  type Condition,
  type Database,
  DatabaseError,
  type OpenTransaction,
  type Session,
  type TextRows,
  type Use,
} from "./database.ts";
import { Listener } from "./listener.ts";
import { LongTransaction } from "./open-transaction.ts";
import { Pool } from "./pool.ts";
import type { Terms } from "./prologue.ts";
import { publicUrlOf } from "./public-url.ts";
import { type DatabaseSettings, type Limits, limitsOf } from "./settings.ts";
import { toStep } from "./statement-text.ts";
import { Transaction } from "./transaction.ts";
import { TransactionSession } from "./transaction-session.ts";
import { openTunnel, type Tunnel } from "./tunnel.ts";

/** Milliseconds the server waits longer than we do until it ends an idle transaction. */
const IDLE_GRACE_MS = 5_000;

/** Milliseconds that running statements get to be cancelled when the server ends. */
const CLOSE_MS = 3_000;

/** The database that `settings` describe. Nothing is connected, and no driver loaded, before the first use. */
export function openDatabase(settings: DatabaseSettings): Database {
  return new PooledDatabase(settings);
}

class PooledDatabase implements Database {
  readonly name: string;
  readonly publicUrl: string;
  readonly #settings: DatabaseSettings;
  readonly #limits: Limits;
  readonly #pool: Pool;
  readonly #listener: Listener;
  readonly #long = new Set<LongTransaction>();
  readonly #tunnel: Tunnel | undefined;

  constructor(settings: DatabaseSettings) {
    this.name = settings.name;
    this.publicUrl = publicUrlOf(settings);
    this.#settings = settings;
    this.#limits = limitsOf(settings);
    this.#tunnel = settings.tunnel && openTunnel(settings.tunnel);
    const open = (lost: (connection: Connection) => void) =>
      connect(settings.connection, {
        answerBytes: this.#limits.answerBytes,
        lost,
        tunnel: this.#tunnel?.channel,
      });
    this.#pool = new Pool({ ...this.#limits, open });
    this.#listener = new Listener(open);
  }

  async read<T>(
    use: Use,
    work: (session: Session) => Promise<T>,
    condition?: Condition,
  ): Promise<T> {
    const transaction = this.#transaction(use, true);
    const session = new TransactionSession(transaction, this.#run(use), condition);
    try {
      return await work(session);
    } finally {
      session.end();
      // The answer need not wait for it: nothing was changed and nobody else gets the connection before.
      void transaction.rollback();
    }
  }

  async write<T>(use: Use, work: (session: Session) => Promise<T>): Promise<T> {
    this.#checkWritable();
    const transaction = this.#transaction(use, false);
    const session = new TransactionSession(transaction, this.#run(use));
    try {
      const result = await work(session);
      await transaction.commit(this.#run(use));
      return result;
    } finally {
      session.end();
      await transaction.rollback();
    }
  }

  async begin(use: Use & { readonly readOnly: boolean }): Promise<OpenTransaction> {
    if (!use.readOnly) this.#checkWritable();
    const transaction = this.#transaction(use, use.readOnly);
    try {
      await transaction.send([], { run: { sql: "SELECT" } }, this.#run(use));
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
    const idleMs = this.#limits.idleTransactionMs;
    const limitOf = (timeoutMs: number | undefined) => this.#limitOf(timeoutMs);
    const long = new LongTransaction(transaction, { idleMs, limitOf });
    this.#long.add(long);
    void long.ended.then(() => this.#long.delete(long));
    return long;
  }

  async alone(use: Use, sql: string): Promise<TextRows> {
    this.#checkWritable();
    const { pooling } = this.#settings.connection;
    const options = { pool: this.#pool, terms: this.#terms(use, false), pooling };
    return runAlone(toStep(sql), this.#run(use), options);
  }

  listen(channel: string, notified: (payload: string) => void): Promise<() => void> {
    return this.#listener.listen(channel, notified);
  }

  async close(): Promise<void> {
    const long = [...this.#long].map((transaction) => transaction.rollback());
    await Promise.all([this.#pool.close(CLOSE_MS), this.#listener.close(), ...long]);
    await this.#tunnel?.close();
  }

  #transaction(use: Use, readOnly: boolean): Transaction {
    const { pooling } = this.#settings.connection;
    return new Transaction({ pool: this.#pool, terms: this.#terms(use, readOnly), pooling });
  }

  #terms(use: Use, readOnly: boolean): Terms {
    const { lockTimeoutMs } = this.#limits;
    // Ours comes first and says so; the server's is for when we are gone.
    const idleTransactionMs = this.#limits.idleTransactionMs + IDLE_GRACE_MS;
    const statementTimeoutMs = this.#limitOf(use.timeoutMs);
    return {
      readOnly,
      identity: use.identity,
      statementTimeoutMs,
      lockTimeoutMs,
      idleTransactionMs,
    };
  }

  #run({ signal, timeoutMs }: Use): { signal: AbortSignal; timeoutMs: number } {
    return { signal, timeoutMs: this.#limitOf(timeoutMs) };
  }

  #limitOf(timeoutMs: number | undefined): number {
    const most = this.#limits.statementTimeoutMs;
    return timeoutMs === undefined ? most : Math.max(1, Math.min(Math.round(timeoutMs), most));
  }

  #checkWritable(): void {
    if (this.#settings.writable) return;
    const message = `The database "${this.name}" was opened to be read only.`;
    throw new DatabaseError("not-allowed", message);
  }
}
