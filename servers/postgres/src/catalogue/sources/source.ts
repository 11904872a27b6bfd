/** How the objects of one kind are found, as SQL. */
export interface KindSource {
  /** A query for the columns of {@link Columns}, one row an object: only what the current user may use. */
  readonly all: string;
  /** An expression for what is worth knowing of `o`, one row of such a query, as `json`. */
  readonly summary: string;
}

/** What is known of every object, as expressions. */
interface Columns {
  readonly oid: string;
  /** A column's number. */
  readonly sub?: string;
  readonly schema: string;
  readonly name: string;
  /** The table it belongs to. */
  readonly parent?: string;
  /** What tells a routine from others of its name. */
  readonly arguments?: string;
  /** True for what is left out where nobody looks for it by name. */
  readonly isExtra?: string;
  /** All from FROM on. */
  readonly from: string;
}

/** A query for objects. */
export function objects(columns: Columns): string {
  const { oid, sub = "0", schema, name, from } = columns;
  const { parent = "NULL::name", arguments: args = "NULL::text", isExtra = "false" } = columns;
  return `
    SELECT ${oid} AS oid, ${sub} AS sub, ${schema} AS schema, ${name} AS name,
      ${parent} AS parent, ${args} AS arguments, ${isExtra} AS is_extra
    FROM ${from}`;
}

/** True for what an extension brought, or another object as a part of itself. */
export function isPartOfAnother(catalogue: string, oid: string): string {
  return `EXISTS (
    SELECT FROM pg_depend e
    WHERE e.classid = '${catalogue}'::regclass AND e.objid = ${oid} AND e.objsubid = 0
      AND e.deptype IN ('e', 'i'))`;
}

/** The comment of `o`, as a member of a JSON object. */
export function commentIn(catalogue: string): string {
  return `'comment', obj_description(o.oid, '${catalogue}')`;
}

/** Letters of the catalogue as a list. */
export function anyOf(letters: readonly string[]): string {
  return `(${letters.map((letter) => `'${letter}'`).join(", ")})`;
}
