import type { Parameter, Session } from "../database/database.ts";

interface Plan {
  readonly "Node Type": string;
  readonly "Plan Rows": number;
  readonly Plans?: readonly Plan[];
}

/**
 * How many rows PostgreSQL expects a statement to change, from its statistics; the statement is not run.
 * @param sql INSERT, UPDATE, DELETE or MERGE
 * @throws {DatabaseError}
 */
export async function affectedRows(
  session: Session,
  sql: string,
  parameters: readonly Parameter[],
): Promise<number | undefined> {
  const { rows } = await session.query(`EXPLAIN (FORMAT JSON) ${sql}`, parameters);
  const [explained] = JSON.parse(rows[0]?.[0] ?? "[]") as { readonly Plan: Plan }[];
  const { Plan: plan } = explained ?? {};
  return plan && changedBy(plan);
}

/** The rows that reach the node which changes them. */
function changedBy(plan: Plan): number | undefined {
  const { "Node Type": type, Plans: plans = [] } = plan;
  if (type === "ModifyTable") return plans[0]?.["Plan Rows"];
  return plans.map(changedBy).find((rows) => rows !== undefined);
}
