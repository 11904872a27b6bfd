import type { Step } from "./batch.ts";
import type { Connection } from "./connection.ts";
import type { KeptStatements } from "./kept-statements.ts";

/** Milliseconds a reset may take before the connection is given up instead. */
const RESET_MS = 5_000;

/**
 * Removes what a user left on a connection: an open transaction, and then settings, role, locks, prepared statements,
 * temporary tables and LISTENs. With a pooler that lends a server's session for a transaction only, the session is
 * not ours to reset; advisory locks, which survive a rollback, are given back before it.
 * @throws {DatabaseError} when the session cannot be trusted any more
 */
export async function resetSession(
  connection: Connection,
  pooling: "session" | "transaction",
): Promise<void> {
  const run = { timeoutMs: RESET_MS };
  const { status } = connection;
  if (status !== "I") {
    const unlock = { sql: "SELECT pg_catalog.pg_advisory_unlock_all()" };
    const before = pooling === "transaction" && status === "T" ? [unlock] : [];
    await connection.run(before, { run: { sql: "ROLLBACK" } }, run);
  }
  if (pooling === "session") await discardAll(connection);
}

/**
 * The same after a transaction that could only read, in one piece and so that the session keeps the statements of our
 * own. If anybody has prepared one, or removed one of ours, it keeps none: what is run by a name must be ours.
 * @throws {DatabaseError} when the session cannot be trusted any more
 */
export async function resetReading(connection: Connection, kept: KeptStatements): Promise<void> {
  const { rows } = await connection.run(
    [{ sql: "ROLLBACK" }, ...CLEAN],
    { run: UNLOCK_AND_COUNT },
    { timeoutMs: RESET_MS },
  );
  const [foreign, own] = rows[0] ?? [];
  if (foreign !== "0" || own !== String(kept.size)) await discardAll(connection);
}

/** What DISCARD ALL stands for, but DEALLOCATE ALL, DISCARD PLANS and the advisory locks. */
const CLEAN: readonly Step[] = [
  "CLOSE ALL",
  "SET SESSION AUTHORIZATION DEFAULT",
  "RESET ALL",
  "UNLISTEN *",
  "DISCARD TEMP",
  "DISCARD SEQUENCES",
].map((sql) => ({ sql }));

/** What SQL prepares, also in functions, is told from what comes by the protocol, as ours does. */
const UNLOCK_AND_COUNT: Step = {
  sql: `SELECT pg_catalog.count(*) FILTER (WHERE p.from_sql), pg_catalog.count(*) FILTER (WHERE NOT p.from_sql),
  pg_catalog.pg_advisory_unlock_all()
FROM pg_catalog.pg_prepared_statement() AS p`,
  kept: true,
};

async function discardAll(connection: Connection): Promise<void> {
  await connection.run([], { run: { sql: "DISCARD ALL" } }, { timeoutMs: RESET_MS });
  connection.kept?.clear();
}
