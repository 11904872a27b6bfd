import type { Candidate } from "./candidates.ts";
import type { PlanNode } from "./plan.ts";
import type { Costing } from "./search.ts";
import { distinctValues, type Table } from "./table.ts";
import type { TableUse } from "./table-use.ts";
import type { Studied } from "./workload.ts";

/** PostgreSQL's own defaults: a page read out of order, and a row looked at. */
const RANDOM_PAGE = 4;
const ROW = 0.01;

/** What PostgreSQL takes a range to select when it does not know the values. */
const RANGE = 1 / 3;
const TWO_SIDED_RANGE = 0.005;

/**
 * Costs statements by rules, for where nothing can plan with indexes that do not exist: from how a statement runs now,
 * an index on a table that is read whole saves what it does not have to read, by what the statistics say of its
 * columns. Rough, and good for an order of what to try.
 */
export const ruleCosting: Costing<Studied> = async ({ plan, uses }, indexes) => {
  let saved = 0;
  for (const table of new Set(uses.map((use) => use.table))) {
    const ours = indexes.filter((index) => index.table.id === table.id);
    const mentions = uses.filter((use) => use.table === table);
    const scans = plan.nodes.filter((node) => isScanOf(node, table));
    for (const scan of scans) {
      const best = ours.flatMap((index) =>
        mentions.map((use) => savedBy(index, use, scan, plan.nodes)),
      );
      saved += Math.max(0, ...best);
    }
  }
  return Math.max(plan.cost - saved, plan.cost * 0.001);
};

/** Whether a step reads all of a table, to find some of it. */
export function isScanOf({ kind, schema, relation }: PlanNode, table: Table): boolean {
  return (
    kind === "Seq Scan" &&
    table.scanned.some((part) => part.schema === schema && part.relation === relation)
  );
}

function savedBy(
  index: Candidate,
  use: TableUse,
  scan: PlanNode,
  nodes: readonly PlanNode[],
): number {
  const { share, used, lookups } = reach(index, use, scan, nodes);
  const found = Math.max(1, use.table.rows * share) * lookups;
  const pages = Math.min(found, use.table.bytes / 8_192);
  const cost = lookups * RANDOM_PAGE + pages * RANDOM_PAGE + found * ROW;
  const reading = used > 0 ? Math.max(0, scan.cost - scan.costBelow - cost) : 0;
  return reading + sortSaved(index, use, used, nodes);
}

interface Reach {
  /** The part of the table that one look into the index finds, 0 to 1. */
  readonly share: number;
  /** How many of its columns narrow it down. */
  readonly used: number;
  /** How often it is looked into. */
  readonly lookups: number;
}

/** Follows an index from its first column as long as the statement says something about it. */
function reach(
  { table, columns }: Candidate,
  use: TableUse,
  scan: PlanNode,
  nodes: readonly PlanNode[],
): Reach {
  let [share, used, lookups] = [1, 0, 1];
  for (const { name } of columns) {
    const one = (1 - (table.columns.get(name)?.nulls ?? 0)) / distinctValues(table, name);
    const joined = use.join.has(name) && !use.equal.has(name);
    if (use.equal.has(name) || use.alone.has(name) || joined) {
      share *= one;
      used += 1;
      if (joined) lookups = outerRows(scan, nodes);
      continue;
    }
    if (use.range.has(name) || use.pattern.has(name)) {
      share *= use.pattern.has(name) ? TWO_SIDED_RANGE : RANGE;
      used += 1;
    }
    break;
  }
  return { share, used, lookups };
}

/** How often a join looks for a row: once for each row of the smallest of what else is read. */
function outerRows(scan: PlanNode, nodes: readonly PlanNode[]): number {
  const others = nodes.filter((node) => node !== scan && node.relation !== undefined);
  return others.length === 0 ? scan.rows : Math.max(1, Math.min(...others.map(({ rows }) => rows)));
}

/** What sorting costs, when the index brings the rows sorted after the columns that are equal. */
function sortSaved(
  { columns }: Candidate,
  use: TableUse,
  used: number,
  nodes: readonly PlanNode[],
): number {
  const rest = columns.slice(used).map(({ name }) => name);
  const brings = use.order.some(
    (order) => rest.length > 0 && order.every(({ name }, place) => rest[place] === name),
  );
  if (!brings) return 0;
  const sort = nodes.find(({ kind }) => kind === "Sort");
  return sort === undefined ? 0 : sort.cost - sort.costBelow;
}
