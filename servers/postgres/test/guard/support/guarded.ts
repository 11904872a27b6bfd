import { createDatabase, type PostgresVersion, type TestDatabase } from "@portico/testing-postgres";
import { Client } from "pg";
import type { AccessMode } from "../../../src/guard/access-mode.ts";
import { type Ask, catalogueCheck } from "../../../src/guard/catalogue/check.ts";
import { allowFunctions } from "../../../src/guard/functions/allowed.ts";
import { judge, Refused } from "../../../src/guard/judge.ts";

/** What became of a statement: refused by the guard, failed in PostgreSQL, or its rows. */
export type Outcome =
  | { readonly refused: string }
  | { readonly failed: string }
  | { readonly rows: readonly (readonly (string | null)[])[] };

/** A connection that runs what the guard lets pass, in a transaction that is rolled back. */
export interface Guarded {
  run(sql: string, mode?: AccessMode): Promise<Outcome>;
  /** Why the guard refuses a statement; it is not run. */
  refusal(sql: string): Promise<string | undefined>;
  close(): Promise<void>;
}

/** A database, and an ordinary user who may read and write all of it and make schemas. */
export interface GuardedDatabase extends TestDatabase {
  readonly ordinary: string;
}

export async function guardedDatabase(version: PostgresVersion): Promise<GuardedDatabase> {
  const database = await createDatabase(version);
  const ordinary = `ordinary_${database.name}`;
  await database.run(`
    CREATE ROLE ${ordinary} LOGIN;
    GRANT pg_read_all_data, pg_write_all_data TO ${ordinary};
    GRANT CREATE ON DATABASE ${database.name} TO ${ordinary};
    GRANT CREATE ON SCHEMA public TO ${ordinary};
  `);
  return { ...database, ordinary };
}

/**
 * Connects.
 * @param timeoutMs how long a statement may take; as long as it wants when absent
 */
export async function guarded(
  url: string,
  allowed: readonly string[] = [],
  timeoutMs = 0,
): Promise<Guarded> {
  const client = new Client(url);
  await client.connect();
  const check = catalogueCheck(allowFunctions(allowed));
  // Named, so that PostgreSQL plans what is asked again and again only once.
  const ask: Ask = async (sql, parameters) =>
    (await text(client, sql, [...parameters], `ask ${sql.length}`)).rows;
  const run = async (sql: string, mode: AccessMode = "read-only"): Promise<Outcome> => {
    try {
      const judgement = await judge(sql, mode);
      await client.query(mode === "read-only" ? "BEGIN READ ONLY" : "BEGIN");
      await client.query(`SET LOCAL statement_timeout = ${timeoutMs}`);
      await check.check(judgement, ask);
      return { rows: (await text(client, judgement.sql, [])).rows };
    } catch (error) {
      const message = (error as Error).message;
      return error instanceof Refused ? { refused: message } : { failed: message };
    } finally {
      await client.query("ROLLBACK");
    }
  };
  const refusal = async (sql: string): Promise<string | undefined> => {
    try {
      await check.check(await judge(sql, "read-only"), ask);
      return undefined;
    } catch (error) {
      if (error instanceof Refused) return error.message;
      throw error;
    }
  };
  return { run, refusal, close: () => client.end() };
}

/** One statement by the extended protocol, values as PostgreSQL wrote them. */
function text(client: Client, sql: string, values: unknown[], name?: string) {
  return client.query<(string | null)[]>({
    name,
    text: sql,
    values,
    rowMode: "array",
    queryMode: "extended",
    types: { getTypeParser: () => String },
  } as never) as unknown as Promise<{ rows: (string | null)[][] }>;
}
