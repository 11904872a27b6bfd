import { createDatabase, type PostgresVersion, type TestDatabase } from "@portico/testing-postgres";
import { onTestFinished } from "vitest";
import type { Database } from "../../src/database/database.ts";
import { openDatabase } from "../../src/database/open-database.ts";
import { parseConnection } from "../../src/database/parse-connection.ts";
import type { DatabaseSettings } from "../../src/database/settings.ts";

/** What a test changes of the settings. */
export type Changes = Partial<Omit<DatabaseSettings, "connection">>;

/** Every version the server promises, as superuser and as an ordinary user. */
export const CASES = [15, 18].flatMap((version) =>
  ["postgres", "ordinary"].map((user) => ({ version: version as PostgresVersion, user })),
);

/** A signal that nobody aborts. */
export const signal = new AbortController().signal;

/** A new database, opened as `user`, who may do anything in it; closed when the test is over. */
export async function openTest(
  version: PostgresVersion,
  user: string,
  changes: Changes = {},
): Promise<{ readonly made: TestDatabase; readonly database: Database }> {
  const made = await createDatabase(version);
  if (user !== "postgres") await createUser(made, user);
  return { made, database: open(made.url(user), changes) };
}

/** The database at `url`, closed when the test is over. */
export function open(url: string, changes: Changes = {}): Database {
  const connection = parseConnection(url, {});
  const database = openDatabase({ name: "main", connection, writable: true, ...changes });
  onTestFinished(() => database.close());
  return database;
}

/** The first value of the first row of a read. */
export async function value(database: Database, sql: string): Promise<string | null | undefined> {
  const answer = await database.read({ signal }, (session) => session.query(sql));
  return answer.rows[0]?.[0];
}

async function createUser(made: TestDatabase, user: string): Promise<void> {
  await made.run(
    `DO $$ BEGIN CREATE ROLE ${user} LOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`,
  );
  await made.run(`GRANT ALL ON DATABASE ${made.name} TO ${user}`);
  await made.run(`GRANT ALL ON SCHEMA public TO ${user}`);
}
