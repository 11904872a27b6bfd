import { GraphError } from "../graph/error.ts";
import type { Connections, Query } from "./connections.ts";
import { STEPS } from "./schema.ts";

/**
 * Brings the tables to the version this program knows. Processes that start together wait for the first; a user who
 * may only read and write rows can use tables that somebody else brought up to date.
 * @throws {GraphError} `invalid` for tables of a newer program or a database that is not in UTF-8, `read-only`
 */
export async function migrate(connections: Connections): Promise<void> {
  const version = await connections.snapshot(versionOf(connections.schema));
  if (version === STEPS.length) return;
  await connections.transaction(async (query) => {
    await query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [connections.schema]);
    await migrateFrom(await versionOf(connections.schema)(query), query);
  });
}

async function migrateFrom(version: number, query: Query): Promise<void> {
  if (version > STEPS.length) {
    throw new GraphError(
      "invalid",
      `The database was written by a newer Portico (version ${version} of its tables, this one knows ${STEPS.length}): update Portico.`,
    );
  }
  if (version === 0) await create(query);
  for (const step of STEPS.slice(version)) await query(step);
  await query("UPDATE portico_memory.migration SET version = $1", [STEPS.length]);
}

async function create(query: Query): Promise<void> {
  const [row] = await query<{ encoding: string }>(
    "SELECT current_setting('server_encoding') AS encoding",
  );
  if (row?.encoding !== "UTF8") {
    throw new GraphError(
      "invalid",
      `The database keeps text in ${row?.encoding}: create one with ENCODING 'UTF8'.`,
    );
  }
  // The owner of an existing schema needs no right to create others.
  await query(`DO $$ BEGIN
    IF to_regnamespace(trim(trailing '.' from 'portico_memory.')) IS NULL THEN
      EXECUTE 'CREATE SCHEMA ' || trim(trailing '.' from 'portico_memory.');
    END IF;
  END $$`);
  await query("CREATE TABLE portico_memory.migration (version integer NOT NULL)");
  await query("INSERT INTO portico_memory.migration VALUES (0)");
}

function versionOf(schema: string): (query: Query) => Promise<number> {
  return async (query) => {
    // Not `to_regclass`: after waiting for the lock it may still answer as before.
    const tables = await query(
      "SELECT FROM pg_catalog.pg_tables WHERE schemaname = $1 AND tablename = 'migration'",
      [schema],
    );
    if (tables.length === 0) return 0;
    const [row] = await query<{ version: number }>("SELECT version FROM portico_memory.migration");
    return row?.version ?? 0;
  };
}
