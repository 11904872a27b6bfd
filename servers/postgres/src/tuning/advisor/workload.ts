import { type Node, parse } from "../../guard/parser.ts";
import { Refused } from "../../guard/refused.ts";
import { attempt, CATALOGUE_ONLY, type Inspection, setSearchPath } from "../inspection.ts";
import { readCatalogue } from "./catalogue.ts";
import { type Plan, type Plannable, planOf } from "./plan.ts";
import type { Weighed } from "./search.ts";
import { relationsIn, usesOf } from "./statement-uses.ts";
import type { TableUse } from "./table-use.ts";
import { nodesOf } from "./tree.ts";

/** A statement to find indexes for. */
export interface Given {
  readonly sql: string;
  /** How often it runs, or how much it matters beside the others. */
  readonly weight: number;
}

/** A statement that was read and planned. */
export interface Studied extends Weighed, Plannable {
  readonly uses: readonly TableUse[];
  /** How it runs now. */
  readonly plan: Plan;
}

/** A statement nothing can be said about, and why. */
export interface Skipped {
  readonly sql: string;
  readonly reason: string;
}

/** The reason of statements that no index could make faster, as BEGIN. */
export const NO_TABLE = "it reads no table of a user's";

/**
 * Refuses what must not even be planned: planning runs functions that are said to be immutable, and a statement from
 * the statistics may be anybody's.
 * @throws {Refused}
 */
export type Screen = (sql: string) => Promise<void>;

/** How statements are studied. */
export interface StudyOptions {
  readonly screen: Screen;
  /** Whether no further statement is to be planned. */
  readonly timeIsUp: () => boolean;
}

/** Reads and plans statements; those that cannot be are told with the reason. */
export async function study(
  on: Inspection,
  given: readonly Given[],
  { screen, timeIsUp }: StudyOptions,
): Promise<{ readonly studied: Studied[]; readonly skipped: Skipped[] }> {
  const read = await Promise.all(given.map(readStatement));
  const trees = read.flatMap((one) => ("tree" in one ? [one] : []));
  const skipped = read.flatMap((one) => ("reason" in one ? [one] : []));
  const catalogue = await readCatalogue(
    on,
    trees.flatMap(({ tree }) => relationsIn(tree)),
  );
  const studied: Studied[] = [];
  await setSearchPath(on.session, on.searchPath);
  for (const { tree, sql, weight, parameters } of trees) {
    const uses = usesOf(tree, catalogue);
    if (uses.length === 0) {
      skipped.push({ sql, reason: NO_TABLE });
      continue;
    }
    if (timeIsUp()) {
      skipped.push({ sql, reason: "the time was up" });
      continue;
    }
    const plan = await plannedSafely(on, { sql, parameters }, screen);
    if ("reason" in plan) skipped.push({ sql, reason: plan.reason });
    else {
      const tables = new Set(uses.map(({ table }) => table.id));
      studied.push({ key: studied.length, sql, weight, parameters, uses, tables, plan });
    }
  }
  await setSearchPath(on.session, CATALOGUE_ONLY);
  return { studied, skipped };
}

const ADVISABLE: ReadonlySet<string> = new Set([
  "SelectStmt",
  "UpdateStmt",
  "DeleteStmt",
  "MergeStmt",
  "InsertStmt",
]);

/** A statement that was parsed. */
interface Read extends Given, Plannable {
  readonly tree: Node;
}

async function readStatement({ sql, weight }: Given): Promise<Read | Skipped> {
  try {
    const text = repaired(sql);
    const [tree, ...more] = await parse(text);
    if (tree === undefined || more.length > 0) return { sql, reason: "it is not one statement" };
    if (!ADVISABLE.has(tree.type)) return { sql, reason: NO_TABLE };
    const numbers = [...nodesOf(tree.fields, "ParamRef")].map(({ number }) => Number(number ?? 0));
    return { tree, sql: text.replace(/[\s;]+$/, ""), weight, parameters: Math.max(0, ...numbers) };
  } catch (error) {
    if (error instanceof Refused) return { sql, reason: error.message.replace(/\.$/, "") };
    throw error;
  }
}

/** In the statistics `interval '1 day'` has become `interval $1`, which is no SQL any more. */
function repaired(sql: string): string {
  return sql.replace(
    /\b(interval|date|timestamptz|timestamp|time)\s+(\$\d+)/gi,
    (_, type: string, parameter: string) => `CAST(${parameter} AS ${type})`,
  );
}

async function plannedSafely(
  on: Inspection,
  statement: Plannable,
  screen: Screen,
): Promise<Plan | { readonly reason: string }> {
  try {
    const planned = await attempt(on.session, async () => {
      await screen(statement.sql);
      return planOf(on.session, statement);
    });
    return "value" in planned ? planned.value : { reason: planned.refusal.message };
  } catch (error) {
    if (error instanceof Refused) return { reason: error.message.replace(/\.$/, "") };
    throw error;
  }
}
