import type { Session, TextRows } from "../database/database.ts";
import { shifted } from "../statement/shifted.ts";

const SAVE = "SAVEPOINT generic";
const BACK = "ROLLBACK TO SAVEPOINT generic";
const PREPARE = "PREPARE portico_generic AS ";

/** A statement without values. */
export interface Unbound {
  /** What stands before it: `EXPLAIN (…) `. */
  readonly explain: string;
  readonly statement: string;
  /** How many values it takes. */
  readonly count: number;
}

/**
 * Plans a statement as PostgreSQL would for any values, before it knows them. (EXPLAIN's own GENERIC_PLAN needs
 * PostgreSQL 16, and values once the statement comes by the extended protocol.)
 * @param admitted the session for what the caller wrote
 */
export async function explainGeneric(
  session: Session,
  admitted: Session,
  { explain, statement, count }: Unbound,
): Promise<TextRows> {
  await session.query(SAVE);
  let isPrepared = false;
  try {
    await session.query("SET LOCAL plan_cache_mode = force_generic_plan");
    await shifted(-PREPARE.length, () => admitted.query(PREPARE + statement));
    isPrepared = true;
    const values = new Array(count).fill("NULL").join(", ");
    return await session.query(`${explain}EXECUTE portico_generic(${values})`);
  } finally {
    await session.query(BACK);
    // It would outlive the transaction.
    if (isPrepared) await session.query("DEALLOCATE portico_generic");
  }
}
