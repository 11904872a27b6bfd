import type { Step } from "./batch.ts";
import type { Connection } from "./connection.ts";
import { DatabaseError } from "./database.ts";
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
 * The same after a transaction that could only read, in one piece and so that the session keeps its statements. If
 * anybody has prepared one, or removed one, it keeps none: what is run by a name must be ours. Only the end of the
 * transaction is run by its name before that is known, and another statement in its place could still only read.
 * @throws {DatabaseError} when the session cannot be trusted any more
 */
export async function resetReading(connection: Connection, kept: KeptStatements): Promise<void> {
  try {
    const steps = endOfReading(kept);
    const last = steps.length - 1;
    const aim = { run: steps[last]! };
    await connection.run(steps.slice(0, last), aim, { timeoutMs: RESET_MS, forget: true });
  } catch (error) {
    if (!(error instanceof DatabaseError && error.code === "changed")) throw error;
    await resetSession(connection, "session");
  }
}

/** The statements of {@link resetReading}: any that fails leaves a session that cannot be trusted. */
export function endOfReading(kept: KeptStatements): readonly Step[] {
  const own = kept.size + (kept.get(ROLLBACK.sql) === undefined ? 1 : 0);
  return [ROLLBACK, { ...CHECK_AND_UNLOCK, values: [String(own)] }, ...CLEAN];
}

const ROLLBACK: Step = { sql: "ROLLBACK", kept: "named" };

/**
 * Divides by zero unless the session has the statements it was given and no others. What SQL prepares, also in
 * functions, is told from what comes by the protocol, as ours does.
 */
const CHECK_AND_UNLOCK: Step = {
  sql: `SELECT '1'::pg_catalog.int4 OPERATOR(pg_catalog./) CASE
WHEN pg_catalog.count(*) OPERATOR(pg_catalog.=) $1::pg_catalog.int8
  AND pg_catalog.bool_or(p.from_sql) IS NOT TRUE
THEN '1'::pg_catalog.int4 ELSE '0'::pg_catalog.int4 END, pg_catalog.pg_advisory_unlock_all()
FROM pg_catalog.pg_prepared_statement() AS p`,
  kept: "unnamed",
  isCondition: true,
};

/** What DISCARD ALL stands for, but DEALLOCATE ALL, DISCARD PLANS and the advisory locks. */
const CLEAN: readonly Step[] = [
  "CLOSE ALL",
  "SET SESSION AUTHORIZATION DEFAULT",
  "RESET ALL",
  "UNLISTEN *",
  "DISCARD TEMP",
  "DISCARD SEQUENCES",
].map((sql) => ({ sql, kept: "named" }));

async function discardAll(connection: Connection): Promise<void> {
  await connection.run([], { run: { sql: "DISCARD ALL" } }, { timeoutMs: RESET_MS });
  connection.kept?.clear();
}
