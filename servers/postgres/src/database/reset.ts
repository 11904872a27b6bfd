import type { Connection } from "./connection.ts";

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
  if (pooling === "session") await connection.run([], { run: { sql: "DISCARD ALL" } }, run);
}
