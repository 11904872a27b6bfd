import type { Fields, Node } from "./parser.ts";
import { Refused } from "./refused.ts";

/** A name as it was written: the schema only where it was given. */
export interface Name {
  readonly schema: string | undefined;
  readonly name: string;
}

/** A function's name, and how many arguments it is given: others of its name take other numbers. */
export interface Call extends Name {
  readonly arity: number;
}

/**
 * What a statement refers to by name. A name without a schema means whatever the search path leads to, so only the
 * catalogue can tell what it is.
 */
export interface Uses {
  readonly functions: Call[];
  /** Syntax in PostgreSQL 18 that an older one takes for calls of functions. */
  readonly shadows: Name[];
  readonly operators: Name[];
  /** Names after a dot: `row.name` calls the function `name(row)` where the row has no such column. */
  readonly fields: Name[];
  readonly relations: Name[];
  /** Those of `relations` that rows are written to. */
  readonly written: Name[];
  readonly types: Name[];
  /** Whether every setting of the server is shown: `SHOW ALL` and `pg_settings`. */
  allSettings: boolean;
  /** Whether the settings kept for roles are shown, and perhaps those kept for databases. */
  keptSettings: KeptSettings | undefined;
}

/** Where settings are kept for a role, or for one in a database. */
export type KeptSettings = "roles" | "all";

/** Nothing yet. */
export function noUses(): Uses {
  return {
    functions: [],
    shadows: [],
    operators: [],
    fields: [],
    relations: [],
    written: [],
    types: [],
    allSettings: false,
    keptSettings: undefined,
  };
}

/** All of two. */
export function joinUses(one: Uses, other: Uses): Uses {
  return {
    functions: [...one.functions, ...other.functions],
    shadows: [...one.shadows, ...other.shadows],
    operators: [...one.operators, ...other.operators],
    fields: [...one.fields, ...other.fields],
    relations: [...one.relations, ...other.relations],
    written: [...one.written, ...other.written],
    types: [...one.types, ...other.types],
    allSettings: one.allSettings || other.allSettings,
    keptSettings: one.keptSettings === "all" ? "all" : (other.keptSettings ?? one.keptSettings),
  };
}

/** Notes down what a node refers to. */
export function addUses(uses: Uses, { type, fields }: Node): void {
  if (type === "FuncCall") uses.functions.push(call(fields));
  if (type === "A_Expr") uses.operators.push(...operator(fields.name));
  if (type === "SubLink") uses.operators.push(...operator(fields.operName));
  if (type === "SortBy") uses.operators.push(...operator(fields.useOp));
  if (type === "ColumnRef") uses.fields.push(...lastField(fields.fields));
  if (type === "A_Indirection") uses.fields.push(...allFields(fields.indirection));
  if (type === "TypeName") uses.types.push(named(fields.names));
  if (type === "RangeVar") uses.relations.push(relation(fields));
  if (WRITING.has(type)) uses.written.push(relation(fields.relation as Fields));
  uses.operators.push(...implied(type, fields));
  const added = SYNTAX.get(type);
  if (added) uses.shadows.push(...added);
}

const WRITING = new Set(["InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt"]);

/** The relation that `FROM` or a writing statement names. */
export function relation({ schemaname, relname }: Fields): Name {
  return { schema: schemaname as string | undefined, name: String(relname) };
}

/** A name in parts: `name`, `schema.name`. */
export function named(list: unknown): Name {
  const parts = strings(list);
  if (parts.length > 2) {
    throw new Refused(`Leave the database out of ${parts.join(".")}: write schema and name only.`);
  }
  return { schema: parts.at(-2), name: parts.at(-1) ?? "" };
}

/** Operators that are not written, and are looked up by name all the same. */
function implied(type: string, fields: Fields): Name[] {
  if (type === "JoinExpr" && (fields.usingClause || fields.isNatural)) return [EQUAL];
  if (type === "CaseExpr" && fields.arg) return [EQUAL];
  if (type === "SubLink" && fields.testexpr && !fields.operName) return [EQUAL];
  if (type === "A_Expr" && /BETWEEN/.test(String(fields.kind))) return BOUNDS;
  return [];
}

const EQUAL: Name = { schema: undefined, name: "=" };

const BOUNDS: Name[] = ["<", "<=", ">", ">="].map((name) => ({ schema: undefined, name }));

function call({ funcname, args, agg_order, agg_within_group }: Fields): Call {
  const ordered = agg_within_group ? count(agg_order) : 0;
  return { ...named(funcname), arity: count(args) + ordered };
}

function count(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}

function operator(list: unknown): Name[] {
  return Array.isArray(list) ? [named(list)] : [];
}

/** `a.b` may be a call of `b`; `a` alone is none, and `a.*` neither. */
function lastField(list: unknown): Name[] {
  const parts = list as readonly unknown[];
  const last = parts.length > 1 ? strings([parts.at(-1)]) : [];
  return last.map((name) => ({ schema: undefined, name }));
}

function allFields(list: unknown): Name[] {
  return strings(list).map((name) => ({ schema: undefined, name }));
}

function strings(list: unknown): string[] {
  const parts = list as readonly { readonly String?: { readonly sval?: string } }[];
  return parts.flatMap(({ String: string }) => (string ? [string.sval ?? ""] : []));
}

/** What is syntax in PostgreSQL 18 and was a call of a function in 15, where anybody may have made that function. */
const SYNTAX = new Map<string, readonly Name[]>(
  Object.entries({
    JsonFuncExpr: ["json_exists", "json_query", "json_value"],
    JsonParseExpr: ["json"],
    JsonScalarExpr: ["json_scalar"],
    JsonSerializeExpr: ["json_serialize"],
    JsonObjectConstructor: ["json_object"],
    JsonArrayConstructor: ["json_array"],
    JsonArrayQueryConstructor: ["json_array"],
    JsonObjectAgg: ["json_objectagg"],
    JsonArrayAgg: ["json_arrayagg"],
    JsonTable: ["json_table"],
    MergeSupportFunc: ["merge_action"],
  }).map(([type, names]) => [type, names.map((name) => ({ schema: undefined, name }))]),
);
