import { Refused } from "../guard/refused.ts";
import { type Fields, fieldsOf, nodesIn, strings } from "../syntax/tree.ts";
import type { MaskedRelation, MaskPlan } from "./plan.ts";

/** PostgreSQL keeps samples of what is in columns here, masked or not. */
const SAMPLES = new Set(["pg_stats", "pg_stats_ext", "pg_stats_ext_exprs", "pg_statistic"]);

/** What a statement could reach a masked column by. */
export interface Scope {
  /** Names of masked columns of the relations it names. */
  readonly columns: ReadonlyMap<string, MaskedRelation>;
  /** Names under which those relations, and whole rows of them, go. */
  readonly rows: ReadonlySet<string>;
  /** Whether a relation that a node of type `RangeVar` names has masked columns. */
  isMasked(rangeVar: Fields): boolean;
}

/**
 * What of a statement has to do with masked columns; nothing when nothing has.
 * @throws {Refused} when it reads a view that shows one, or PostgreSQL's samples
 */
export function scopeOf(root: Fields, plan: MaskPlan): Scope | undefined {
  const columns = new Map<string, MaskedRelation>();
  const rows = new Set<string>();
  const maskedBy = ({ schemaname, relname }: Fields) =>
    plan.relations.filter(
      ({ schema, name }) => name === relname && (schemaname ?? schema) === schema,
    );
  for (const { type, fields } of nodesIn(root)) {
    if (type === "RangeVar") {
      refuseShowing(fields, plan);
      const masked = maskedBy(fields);
      for (const relation of masked) {
        rows.add(relation.name);
        for (const column of relation.columns) columns.set(column, relation);
      }
      const { aliasname } = fieldsOf(fields.alias);
      if (masked.length > 0 && typeof aliasname === "string") rows.add(aliasname);
    }
    if (type === "JoinExpr") {
      for (const alias of [fields.alias, fields.join_using_alias]) {
        const { aliasname } = fieldsOf(alias);
        if (typeof aliasname === "string") rows.add(aliasname);
      }
    }
  }
  if (columns.size === 0) return undefined;
  // RETURNING has rows under these names, or under others it gives them.
  for (const name of ["old", "new", "excluded", ...returningNames(root)]) rows.add(name);
  return { columns, rows, isMasked: (rangeVar) => maskedBy(rangeVar).length > 0 };
}

function returningNames(root: Fields): string[] {
  return [...nodesIn(root)].flatMap(({ type, fields }) =>
    type === "ReturningOption" ? strings([{ String: { sval: fields.value } }]) : [],
  );
}

function refuseShowing({ schemaname, relname }: Fields, { views }: MaskPlan): void {
  const name = String(relname);
  const isOwn = schemaname === undefined || schemaname === "pg_catalog";
  if (isOwn && SAMPLES.has(name)) {
    throw new Refused(`${name} holds values of masked columns and is not read here.`);
  }
  const view = views.find((one) => one.name === name && (schemaname ?? one.schema) === one.schema);
  if (!view) return;
  throw new Refused(
    `The view ${view.schema}.${view.name} shows a column that is masked here; read its tables instead, or ask the operator to name the view's columns in the rules for masking.`,
  );
}
