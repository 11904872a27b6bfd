import type { Client, Pool, PoolClient } from "pg";
import { parseExactly } from "../graph/exact-json.ts";
import { inDoubt, isConflict, isLost, told } from "./failure.ts";
import type { Settings } from "./settings.ts";

/** Runs one statement. Tables are written as `portico_memory.…`, whatever schema they are in. */
export type Query = <Row>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

/** How long a server that is not there, or conflicts that do not end, are tried again. */
const PATIENCE_MS = 5_000;

const CONNECTIONS = 10;

const READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/**
 * Settings that last as long as the transaction, so that a pooler between may hand the connection on. A writer that
 * lost its process must not keep its graph locked, and a write is only acknowledged once it is on disk.
 */
const WRITING = [
  "BEGIN ISOLATION LEVEL READ COMMITTED",
  "SET LOCAL lock_timeout = '30s'",
  "SET LOCAL idle_in_transaction_session_timeout = '60s'",
  "SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') IN ('off', 'local')",
].join("; ");

/** A pool of connections to one database. */
export class Connections {
  readonly #pool: Pool;
  readonly #listener: () => Client;
  readonly #settings: Settings;

  private constructor(pool: Pool, listener: () => Client, settings: Settings) {
    this.#pool = pool;
    this.#listener = listener;
    this.#settings = settings;
  }

  /** Loads the driver. Connects when first used. */
  static async load(settings: Settings): Promise<Connections> {
    const { Client, Pool, types } = (await import("pg")).default;
    const config = {
      ...settings.connection,
      fallback_application_name: "portico-memory",
      keepAlive: true,
      types: { getTypeParser: (oid: number) => PARSERS[oid] ?? types.getTypeParser(oid) },
    };
    const pool = new Pool({
      ...config,
      max: CONNECTIONS,
      connectionTimeoutMillis: PATIENCE_MS,
      allowExitOnIdle: true,
      // Statements that need not wait for each other's answers travel together.
      pipeline: true,
    } as object);
    // A connection that ends while it is idle is replaced by the next use; one that ends in use fails its statements.
    pool.on("error", () => undefined);
    pool.on("connect", (client) => client.on("error", () => undefined));
    return new Connections(pool, () => new Client(config as object), settings);
  }

  /** Where the database is, for messages. */
  get place(): string {
    return this.#settings.place;
  }

  /** The schema the tables are in. */
  get schema(): string {
    return this.#settings.schema;
  }

  /** Runs one statement that only reads. */
  read<Row>(text: string, values?: readonly unknown[]): Promise<Row[]> {
    return this.#patiently(() => this.#withClient((client) => this.#queryOn(client)(text, values)));
  }

  /** Runs `work` on one picture of the database. It may be run again when the connection is lost. */
  snapshot<T>(work: (query: Query) => Promise<T>): Promise<T> {
    return this.#patiently(() =>
      this.#withClient(async (client) => {
        const query = this.#queryOn(client);
        await query(READING);
        const result = await work(query);
        await query("COMMIT");
        return result;
      }),
    );
  }

  /** Yields from one picture of the database; what was begun is not begun again. */
  async *stream<T>(work: (query: Query) => AsyncIterable<T>): AsyncGenerator<T> {
    const client = await this.#patiently(() => this.#pool.connect());
    try {
      const query = this.#queryOn(client);
      await query(READING);
      yield* work(query);
    } catch (error) {
      throw told(error, this.place);
    } finally {
      // The transaction ends with the connection: nobody knows how far the reader came.
      client.release(true);
    }
  }

  /**
   * Runs `work` in a transaction, again when it met a conflict or lost its connection before COMMIT was sent.
   * Afterwards the server is asked what became of it.
   */
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T> {
    return this.#patiently(async () => {
      const attempt: Attempt<T> = {};
      try {
        return await this.#withClient((client) => this.#attempt(client, work, attempt));
      } catch (error) {
        if (!attempt.isSent || !isLost(error)) throw error;
        if (await this.#isCommitted(attempt.id as string)) return attempt.result as T;
        throw error;
      }
    });
  }

  /** A connection outside of the pool, to listen on. */
  listener(): Client {
    return this.#listener();
  }

  /** Waits for what was begun. */
  close(): Promise<void> {
    return this.#pool.end();
  }

  async #attempt<T>(
    client: PoolClient,
    work: (query: Query) => Promise<T>,
    attempt: Attempt<T>,
  ): Promise<T> {
    const query = this.#queryOn(client);
    const [, row] = await together([
      query(WRITING),
      query<{ id: string }>("SELECT pg_current_xact_id()::text AS id"),
    ]);
    attempt.id = row[0]?.id;
    attempt.result = await work(query);
    attempt.isSent = true;
    await query("COMMIT");
    return attempt.result;
  }

  /** Whether a transaction whose COMMIT was not answered took place. False only when it is certain that it did not. */
  async #isCommitted(id: string): Promise<boolean> {
    const ask = () =>
      this.read<{ status: string | null }>("SELECT pg_xact_status($1::xid8) AS status", [id]);
    for (let turn = 0; turn < 50; turn++) {
      const [row] = await ask().catch(() => []);
      if (row?.status === "committed") return true;
      if (row?.status === "aborted") return false;
      if (row?.status !== "in progress") break;
      await pause(100);
    }
    throw inDoubt(this.place);
  }

  async #withClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    let failed = true;
    try {
      const result = await work(client);
      failed = false;
      return result;
    } finally {
      // One that failed may be inside of a transaction, or gone.
      client.release(failed);
    }
  }

  #queryOn(client: PoolClient): Query {
    const { schema } = this.#settings;
    return async (text, values) => {
      const statement = text.replaceAll("portico_memory.", `"${schema}".`);
      const { rows } = await client.query(statement, values as unknown[]);
      return rows;
    };
  }

  async #patiently<T>(work: () => Promise<T>): Promise<T> {
    const until = performance.now() + PATIENCE_MS;
    for (let turn = 0; ; turn++) {
      try {
        return await work();
      } catch (error) {
        const isOver = performance.now() > until;
        if (isOver || !(isLost(error) || isConflict(error))) throw told(error, this.place);
        await pause(Math.random() * Math.min(1_000, 25 * 2 ** turn));
      }
    }
  }
}

/** What is known of a transaction's attempt, in case it is not answered. */
interface Attempt<T> {
  id?: string | undefined;
  result?: T;
  isSent?: boolean;
}

/** How values are read that the driver would read otherwise, by the number of their type: int8 and json. */
const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  20: Number,
  114: parseExactly,
};

/** All of `queries`, waiting for every one even when one fails: none may be left running on a connection. */
export async function together<T extends readonly Promise<unknown>[]>(
  queries: readonly [...T],
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const settled = await Promise.allSettled(queries);
  for (const one of settled) if (one.status === "rejected") throw one.reason;
  return Promise.all(queries) as never;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
