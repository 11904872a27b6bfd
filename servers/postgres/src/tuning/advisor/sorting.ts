import type { Fields, Node } from "../../guard/parser.ts";
import type { FoundColumn, Scope } from "./scope.ts";
import { isFields, nodeIn, nodesIn } from "./tree.ts";

/** Notes down what a query sorts and groups by, when an index on one table could bring the rows that way. */
export function noteSorting(fields: Fields, scope: Scope): void {
  const targets = nodesIn(fields.targetList).map(({ fields: target }) => target);
  const sorted = nodesIn(fields.sortClause).map(({ fields: by }) => ({
    column: meant(nodeIn(by.node), targets, scope),
    descending: by.sortby_dir === "SORTBY_DESC",
  }));
  const order = ofOneTable(sorted.map(({ column }) => column));
  order?.use.order.push(
    sorted.map(({ column, descending }) => ({ name: column!.name, descending })),
  );
  const groups = nodesIn(fields.groupClause).map((node) => meant(node, targets, scope));
  const distinct = isDistinct(fields) ? targets.map(({ val }) => scope.column(nodeIn(val))) : [];
  for (const columns of [groups, distinct]) {
    const group = ofOneTable(columns);
    group?.use.group.push(columns.map((column) => column!.name));
  }
}

/** A number or an output's name stands for what is selected there. */
function meant(
  node: Node | undefined,
  targets: readonly Fields[],
  scope: Scope,
): FoundColumn | undefined {
  const position = positionOf(node);
  if (position !== undefined) return scope.column(nodeIn(targets[position - 1]?.val));
  const column = scope.column(node);
  if (column || node?.type !== "ColumnRef") return column;
  const [name] = nodesIn(node.fields.fields).map(({ fields }) => fields.sval);
  return scope.column(nodeIn(targets.find((target) => target.name === name)?.val));
}

function positionOf(node: Node | undefined): number | undefined {
  const value = node?.type === "A_Const" ? node.fields.ival : undefined;
  return isFields(value) ? Number(value.ival ?? 0) : undefined;
}

function isDistinct({ distinctClause }: Fields): boolean {
  return Array.isArray(distinctClause);
}

/** The first of the columns, when there are some and all belong to one table of this query. */
function ofOneTable(columns: readonly (FoundColumn | undefined)[]): FoundColumn | undefined {
  const [first] = columns;
  if (first === undefined || first.outer) return undefined;
  return columns.every((column) => column?.use === first.use) ? first : undefined;
}
