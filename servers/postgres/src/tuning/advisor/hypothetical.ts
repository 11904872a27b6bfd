import { attempt, type Inspection } from "../inspection.ts";
import { type Candidate, plainDefinition } from "./candidates.ts";
import { planOf } from "./plan.ts";
import type { Costing } from "./search.ts";
import type { Studied } from "./workload.ts";

/** Where HypoPG's functions are. */
export interface HypoPg {
  /** Its schema, quoted as SQL needs it. */
  readonly schema: string;
}

/** HypoPG, where it is installed and this role may use it. */
export async function findHypoPg(on: Inspection): Promise<HypoPg | undefined> {
  const [found] = await on.rows<HypoPg>(`
    SELECT quote_ident(n.nspname) AS schema FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
    WHERE e.extname = 'hypopg' AND has_schema_privilege(n.oid, 'USAGE')
      AND EXISTS (SELECT FROM pg_proc p WHERE p.pronamespace = n.oid AND p.proname = 'hypopg_create_index'
                  AND has_function_privilege(p.oid, 'EXECUTE'))`);
  return found;
}

/**
 * Costs statements by the planner itself, which HypoPG makes believe that indexes exist. They exist for this session
 * alone and take no room.
 */
export function hypotheticalCosting(on: Inspection, { schema }: HypoPg): Costing<Studied> {
  let there = "";
  return async (statement, indexes) => {
    const wanted = indexes.map(({ key }) => key).join("\n");
    const planned = await attempt(on.session, async () => {
      if (wanted !== there) await makeAll(on, schema, indexes);
      return planOf(on.session, statement);
    });
    // They are not of the transaction: a rollback leaves them, and some may be missing.
    there = "value" in planned ? wanted : "unknown";
    return "value" in planned ? planned.value.cost : undefined;
  };
}

/** Forgets all hypothetical indexes: the session goes back to others. */
export async function forgetHypothetical(on: Inspection, { schema }: HypoPg): Promise<void> {
  await on.session.query(`SELECT ${schema}.hypopg_reset()`);
}

async function makeAll(
  on: Inspection,
  schema: string,
  indexes: readonly Candidate[],
): Promise<void> {
  await on.session.query(`SELECT ${schema}.hypopg_reset()`);
  for (const index of indexes) {
    await on.session.query(`SELECT indexrelid FROM ${schema}.hypopg_create_index($1)`, [
      plainDefinition(index),
    ]);
  }
}
