import type { Step } from "./batch.ts";
import type { Connection, Run } from "./connection.ts";
import { DatabaseError, type TextRows } from "./database.ts";
import type { Pool } from "./pool.ts";
import { sessionSettings, type Terms } from "./prologue.ts";
import { resetSession } from "./reset.ts";
import { isLost } from "./transaction.ts";
import { toTextRows } from "./transaction-session.ts";

/** On what and under which terms a statement runs alone. */
export interface AloneOptions {
  readonly pool: Pool;
  readonly terms: Terms;
  readonly pooling: "session" | "transaction";
}

/**
 * Runs one statement outside of a transaction. Its time-outs and role are set for the session, which is reset after it.
 * @throws {DatabaseError}
 */
export async function runAlone(
  statement: Step,
  run: Run,
  { pool, terms, pooling }: AloneOptions,
): Promise<TextRows> {
  if (terms.identity && pooling === "transaction") {
    const message =
      "Behind a pooler for transactions no statement runs outside of one on behalf of a caller.";
    throw new DatabaseError("not-allowed", message);
  }
  const settings = pooling === "session" ? sessionSettings(terms) : [];
  const connection = await prepare(settings, run, pool);
  try {
    return toTextRows(await connection.run([], { run: statement }, run));
  } finally {
    await pool.release(connection, () => resetSession(connection, pooling));
  }
}

/** A connection that turns out to be dead before the statement was sent is replaced once. */
async function prepare(settings: readonly Step[], run: Run, pool: Pool): Promise<Connection> {
  const attempt = async () => {
    const connection = await pool.acquire(run.signal);
    try {
      await connection.run(settings, { run: { sql: "" } }, run);
      return connection;
    } catch (error) {
      pool.remove(connection);
      throw error;
    }
  };
  return attempt().catch((error: unknown) => {
    if (!isLost(error)) throw error;
    pool.dropIdle();
    return attempt();
  });
}
