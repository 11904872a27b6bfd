import type { Fields, Node } from "../../guard/parser.ts";
import type { FoundColumn, Scope } from "./scope.ts";
import type { TableUse } from "./table-use.ts";
import { isFields, namesIn, nodeIn, nodesIn, nodesOf } from "./tree.ts";

type Kind = "equal" | "range" | "pattern";

const OPERATORS: ReadonlyMap<string, Kind> = new Map([
  ["=", "equal"],
  ["<", "range"],
  [">", "range"],
  ["<=", "range"],
  [">=", "range"],
]);

/** Notes down which columns a condition lets an index find. `alone` is set inside of an `OR`. */
export function noteCondition(node: Node | undefined, scope: Scope, alone = false): void {
  if (node === undefined) return;
  const { type, fields } = node;
  if (type === "BoolExpr" && fields.boolop !== "NOT_EXPR") {
    const either = alone || fields.boolop === "OR_EXPR";
    for (const part of nodesIn(fields.args)) noteCondition(part, scope, either);
  } else if (type === "A_Expr") {
    noteComparison(fields, scope, alone);
  } else if (type === "NullTest" && fields.nulltesttype === "IS_NULL") {
    noteConstant(scope.column(nodeIn(fields.arg)), "equal", alone);
  } else if (type === "ColumnRef") {
    noteConstant(scope.column(node), "equal", alone);
  } else if (type === "SubLink" && fields.subLinkType === "ANY_SUBLINK") {
    noteMembership(fields, scope);
  }
}

/** `column IN (SELECT …)` joins the column with what the subquery selects. */
function noteMembership(fields: Fields, scope: Scope): void {
  const column = scope.column(nodeIn(fields.testexpr));
  if (column && !column.outer) column.use.join.add(column.name);
}

function noteComparison(fields: Fields, scope: Scope, alone: boolean): void {
  const kind = kindOf(fields);
  const [left, right] = [nodeIn(fields.lexpr), nodeIn(fields.rexpr)];
  if (kind === undefined || left === undefined || right === undefined) return;
  if (left.type === "RowExpr" && right.type === "RowExpr") {
    noteRows(left, right, kind, scope);
    return;
  }
  noteSide(scope.column(left), right, { kind, scope, alone });
  if (fields.kind === "AEXPR_OP") noteSide(scope.column(right), left, { kind, scope, alone });
}

function kindOf(fields: Fields): Kind | undefined {
  const operator = namesIn(fields.name).at(-1) ?? "";
  switch (fields.kind) {
    case "AEXPR_OP":
      return OPERATORS.get(operator);
    case "AEXPR_IN":
    case "AEXPR_OP_ANY":
      return operator === "=" ? "equal" : undefined;
    case "AEXPR_BETWEEN":
      return "range";
    case "AEXPR_LIKE":
      return operator === "~~" && beginsDefinite(nodeIn(fields.rexpr)) ? "pattern" : undefined;
    default:
      return undefined;
  }
}

/** Whether a pattern is known and does not begin with a placeholder. */
function beginsDefinite(node: Node | undefined): boolean {
  const constant = node?.type === "A_Const" ? node.fields.sval : undefined;
  const pattern = isFields(constant) ? String(constant.sval ?? "") : "";
  return /^[^%_\\]/.test(pattern);
}

interface Comparison {
  readonly kind: Kind;
  readonly scope: Scope;
  readonly alone: boolean;
}

/** An index finds `column` by `other` when that is known before the table of `column` is read. */
function noteSide(
  column: FoundColumn | undefined,
  other: Node,
  { kind, scope, alone }: Comparison,
): void {
  if (column === undefined) return;
  const mentioned = columnsIn(other, scope);
  if (mentioned.some(({ use }) => use === column.use)) return;
  if (mentioned.length === 0) noteConstant(column, kind, alone);
  else if (kind === "equal") column.use.join.add(column.name);
}

function noteConstant(column: FoundColumn | undefined, kind: Kind, alone: boolean): void {
  if (column === undefined || column.outer) return;
  column.use[alone ? "alone" : kind].add(column.name);
}

function columnsIn(node: Node, scope: Scope): FoundColumn[] {
  const mentioned = nodesOf({ [node.type]: node.fields }, "ColumnRef", "SelectStmt");
  return [...mentioned]
    .map((fields) => scope.column({ type: "ColumnRef", fields }))
    .filter((column) => column !== undefined);
}

/** `(a, b) = (1, 2)` is two comparisons; `(a, b) > (1, 2)` asks for the rows in the order of `a, b`. */
function noteRows(left: Node, right: Node, kind: Kind, scope: Scope): void {
  const [ours, theirs] = [nodesIn(left.fields.args), nodesIn(right.fields.args)];
  if (kind === "equal") {
    ours.forEach((one, index) => {
      const other = theirs[index];
      if (other) noteSide(scope.column(one), other, { kind, scope, alone: false });
    });
    return;
  }
  const columns = ours.map((node) => scope.column(node));
  const use: TableUse | undefined = columns[0]?.use;
  if (use === undefined || columns.some((column) => column?.use !== use)) return;
  use.order.push(columns.map((column) => ({ name: column!.name, descending: false })));
}
