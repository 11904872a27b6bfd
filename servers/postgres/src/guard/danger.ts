import type { Fields, Node } from "./parser.ts";
import { relation } from "./uses.ts";

/** What a statement does to every row it can reach, in one sentence; nothing when it chooses its rows. */
export function dangerOfWriting({ type, fields }: Node): string | undefined {
  if (type === "DeleteStmt" && holdsAlways(fields.whereClause)) {
    return `This deletes every row of ${target(fields)}.`;
  }
  if (type === "UpdateStmt" && holdsAlways(fields.whereClause)) {
    return `This changes every row of ${target(fields)}.`;
  }
  if (type === "MergeStmt") return dangerOfMerging(fields);
  return undefined;
}

function dangerOfMerging(fields: Fields): string | undefined {
  const clauses = (fields.mergeWhenClauses ?? []) as readonly {
    readonly MergeWhenClause: Fields;
  }[];
  for (const { MergeWhenClause: clause } of clauses) {
    if (clause.commandType !== "CMD_DELETE" && clause.commandType !== "CMD_UPDATE") continue;
    const verb = clause.commandType === "CMD_DELETE" ? "deletes" : "changes";
    const unmatched = clause.matchKind === "MERGE_WHEN_NOT_MATCHED_BY_SOURCE";
    if (unmatched && holdsAlways(clause.condition)) {
      return `This ${verb} every row of ${target(fields)} that the source does not have.`;
    }
    if (!unmatched && holdsAlways(fields.joinCondition) && holdsAlways(clause.condition)) {
      return `This ${verb} every row of ${target(fields)}.`;
    }
  }
  return undefined;
}

function target(fields: Fields): string {
  const { schema, name } = relation(fields.relation as Fields);
  return schema === undefined ? name : `${schema}.${name}`;
}

/** Whether a condition does not depend on the row: absent, `true`, `1 = 1`, `id = id`, `true OR …`. */
function holdsAlways(condition: unknown): boolean {
  if (condition === undefined || !mentionsColumn(condition)) return true;
  const { BoolExpr: bool, A_Expr: comparison } = condition as Readonly<Record<string, Fields>>;
  if (bool) {
    const args = bool.args as readonly unknown[];
    if (bool.boolop === "OR_EXPR") return args.some(holdsAlways);
    if (bool.boolop === "AND_EXPR") return args.every(holdsAlways);
  }
  return comparison !== undefined && plain(comparison.lexpr) === plain(comparison.rexpr);
}

/** Subqueries count: whether they depend on the row cannot be told without the catalogue. */
function mentionsColumn(tree: unknown): boolean {
  const text = JSON.stringify(tree);
  return text.includes('{"ColumnRef":') || text.includes('"CurrentOfExpr":');
}

function plain(tree: unknown): string {
  return JSON.stringify(tree, (key, value) => (key === "location" ? undefined : value));
}
