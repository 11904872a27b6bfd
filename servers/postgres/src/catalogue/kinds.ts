import { EXTENSION, ROLE, routines, SCHEMA, TYPE } from "./sources/others.ts";
import { relations } from "./sources/relations.ts";
import type { KindSource } from "./sources/source.ts";
import { COLUMN, CONSTRAINT, INDEX, POLICY, TRIGGER } from "./sources/table-parts.ts";

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

/** Every kind's source. */
export const KINDS: Readonly<Record<ObjectKind, KindSource>> = {
  schema: SCHEMA,
  table: relations("r", "p"),
  view: relations("v"),
  materialized_view: relations("m"),
  foreign_table: relations("f"),
  sequence: relations("S"),
  function: routines("f", "a", "w"),
  procedure: routines("p"),
  type: TYPE,
  extension: EXTENSION,
  role: ROLE,
  column: COLUMN,
  index: INDEX,
  constraint: CONSTRAINT,
  trigger: TRIGGER,
  policy: POLICY,
};
