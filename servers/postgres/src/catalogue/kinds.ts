import {
  COLUMN,
  CONSTRAINT,
  EXTENSION,
  INDEX,
  POLICY,
  ROLE,
  relation,
  routine,
  SCHEMA,
  TRIGGER,
  TYPE,
} from "./sources.ts";

/** The kinds of objects a database has, as callers name them. */
export const OBJECT_KINDS = [
  "schema",
  "table",
  "view",
  "materialized_view",
  "foreign_table",
  "sequence",
  "function",
  "procedure",
  "type",
  "extension",
  "role",
  "column",
  "index",
  "constraint",
  "trigger",
  "policy",
] as const;

export type ObjectKind = (typeof OBJECT_KINDS)[number];

/** What has rows. */
export const RELATION_KINDS = [
  "table",
  "view",
  "materialized_view",
  "foreign_table",
] as const satisfies readonly ObjectKind[];

/** What belongs to a table. */
export const TABLE_PARTS = [
  "column",
  "index",
  "constraint",
  "trigger",
  "policy",
] as const satisfies readonly ObjectKind[];

/** How the objects of one kind are found, as SQL. */
export interface KindSource {
  /**
   * A query for `oid`, `sub` (a column's number), `schema`, `name`, `parent` (its table), `arguments`, and `is_extra`:
   * true for what is left out where nobody looks for it by name. Only what the current user may use.
   */
  readonly all: string;
  /** An expression for what is worth knowing of `o`, one row of such a query, as `json`. */
  readonly summary: string;
}

/** Every kind's source. */
export const KINDS: Readonly<Record<ObjectKind, KindSource>> = {
  schema: SCHEMA,
  table: relation("r", "p"),
  view: relation("v"),
  materialized_view: relation("m"),
  foreign_table: relation("f"),
  sequence: relation("S"),
  function: routine("f", "a", "w"),
  procedure: routine("p"),
  type: TYPE,
  extension: EXTENSION,
  role: ROLE,
  column: COLUMN,
  index: INDEX,
  constraint: CONSTRAINT,
  trigger: TRIGGER,
  policy: POLICY,
};
