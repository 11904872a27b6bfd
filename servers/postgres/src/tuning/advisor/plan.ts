import type { Session } from "../../database/database.ts";
import { attempt } from "../inspection.ts";

/** How PostgreSQL would run a statement, and what it thinks that costs. */
export interface Plan {
  /** In PostgreSQL's unit: reading one page in a row. */
  readonly cost: number;
  readonly nodes: readonly PlanNode[];
}

/** A step of a plan. */
export interface PlanNode {
  /** `Seq Scan`, `Sort`, … */
  readonly kind: string;
  /** The table it reads, where it reads one. */
  readonly schema: string | undefined;
  readonly relation: string | undefined;
  /** What it costs with everything below it. */
  readonly cost: number;
  /** What everything below it costs. */
  readonly costBelow: number;
  readonly rows: number;
}

/** A statement to be planned. */
export interface Plannable {
  readonly sql: string;
  /** How many of `$1`, `$2`, … it has, for which no values are known. */
  readonly parameters: number;
}

/**
 * Plans a statement without running it. For values that are not known it is planned as PostgreSQL plans a prepared
 * statement for all values alike: EXPLAIN can do so by itself only since version 16, and not in the extended protocol.
 * @throws {DatabaseError} when it cannot be planned; the transaction is then to be rolled back
 */
export async function planOf(session: Session, { sql, parameters }: Plannable): Promise<Plan> {
  if (parameters === 0) return explain(session, sql);
  await session.query(`PREPARE portico_planned AS ${sql}`);
  // Prepared statements outlive a rollback: this one must go whatever happens.
  const planned = await attempt(session, async () => {
    await session.query(
      "SELECT pg_catalog.set_config('plan_cache_mode', 'force_generic_plan', true)",
    );
    const values = Array(parameters).fill("NULL").join(", ");
    return explain(session, `EXECUTE portico_planned(${values})`);
  });
  await session.query("DEALLOCATE portico_planned");
  if ("refusal" in planned) throw planned.refusal;
  return planned.value;
}

async function explain(session: Session, statement: string): Promise<Plan> {
  const { rows } = await session.query(`EXPLAIN (VERBOSE, FORMAT JSON) ${statement}`);
  const [{ Plan: root }] = JSON.parse(rows[0]![0]!) as [{ Plan: RawNode }];
  return { cost: root["Total Cost"], nodes: [...flatten(root)] };
}

interface RawNode {
  readonly "Node Type": string;
  readonly Schema?: string;
  readonly "Relation Name"?: string;
  readonly "Total Cost": number;
  readonly "Plan Rows": number;
  readonly Plans?: readonly RawNode[];
}

function* flatten(node: RawNode): Generator<PlanNode> {
  const below = node.Plans ?? [];
  yield {
    kind: node["Node Type"],
    schema: node.Schema,
    relation: node["Relation Name"],
    cost: node["Total Cost"],
    costBelow: below.reduce((sum, one) => sum + one["Total Cost"], 0),
    rows: node["Plan Rows"],
  };
  for (const one of below) yield* flatten(one);
}
