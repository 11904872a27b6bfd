import type { Catalogue } from "./catalogue.ts";
import { KINDS, OBJECT_KINDS, type ObjectKind, TABLE_PARTS } from "./kinds.ts";
import { likeOf } from "./pattern.ts";

/** An object that was found. */
export interface FoundObject {
  readonly type: ObjectKind;
  /** Absent for roles, which belong to none. */
  readonly schema?: string;
  readonly name: string;
  /** The table it belongs to. */
  readonly table?: string;
  /** What tells a routine from others of its name. */
  readonly arguments?: string;
  /** What is worth knowing of it, where a summary was asked for. */
  readonly [fact: string]: unknown;
}

/** What to look for. */
export interface ObjectQuery {
  /** A glob over names, and over `schema.name` where it has a dot; see {@link likeOf}. */
  readonly pattern?: string | undefined;
  /** With a pattern every kind when absent; else what stands in a schema by itself. */
  readonly kinds?: readonly ObjectKind[] | undefined;
  /** Exact name. All but PostgreSQL's own when absent. */
  readonly schema?: string | undefined;
  /** Exact name of the table whose parts are wanted. */
  readonly table?: string | undefined;
  readonly summary: boolean;
  readonly limit: number;
  /** The `next` of the page before. */
  readonly after?: ObjectKey | undefined;
}

/** What the order of objects goes by, and no two of them share. */
export type ObjectKey = readonly [schema: string, name: string, type: string, rest: string];

/** Some of the objects, sorted by schema and name, each with what the next page would begin after. */
export interface FoundPage {
  readonly objects: readonly { readonly key: ObjectKey; readonly found: FoundObject }[];
  readonly more: boolean;
}

const STANDS_ALONE = OBJECT_KINDS.filter(
  (kind) =>
    !(TABLE_PARTS as readonly string[]).includes(kind) && kind !== "role" && kind !== "schema",
);

interface Row {
  readonly key: ObjectKey;
  readonly found: FoundObject;
  readonly facts: Readonly<Record<string, unknown>> | null;
}

/**
 * Finds objects the current user may use. Without a pattern, partitions and what extensions brought are left out.
 * @throws {DatabaseError}
 */
export async function searchObjects(catalogue: Catalogue, query: ObjectQuery): Promise<FoundPage> {
  const rows = await catalogue.json<Row>(statementOf(query), [
    query.pattern === undefined ? null : likeOf(query.pattern),
    query.schema ?? null,
    query.table ?? null,
    ...(query.after ?? [null, null, null, null]),
    query.limit + 1,
  ]);
  const objects = rows
    .slice(0, query.limit)
    .map(({ key, found, facts }) => ({ key, found: { ...found, ...facts } }));
  return { objects, more: rows.length > query.limit };
}

function kindsOf({ kinds, table, pattern }: ObjectQuery): readonly ObjectKind[] {
  if (kinds && kinds.length > 0) return [...new Set(kinds)];
  if (table !== undefined) return TABLE_PARTS;
  return pattern === undefined ? STANDS_ALONE : OBJECT_KINDS;
}

/** The columns of an object's key, as texts that sort the same in every database. */
const KEY = ["o.schema", "o.name", "o.kind", "o.rest"]
  .map((column) => `${column}::text COLLATE "C"`)
  .join(", ");

/** PostgreSQL's own are listed only when their schema is asked for. */
const IS_WANTED_SCHEMA = `
    CASE WHEN $2::text IS NOT NULL THEN o.schema = $2::name
    ELSE o.schema NOT IN ('pg_catalog', 'information_schema')
      AND o.schema NOT LIKE 'pg\\_toast%' AND o.schema NOT LIKE 'pg\\_temp%' END`;

/** The statement for a query: from its own texts, never from what a caller wrote. */
function statementOf(query: ObjectQuery): string {
  const kinds = kindsOf(query);
  const union = kinds.map(
    (kind) => `SELECT '${kind}'::text AS kind, k.* FROM (${KINDS[kind].all}) k`,
  );
  const summaries = kinds.map((kind) => `WHEN '${kind}' THEN ${KINDS[kind].summary}`);
  const summary = query.summary ? `CASE o.kind ${summaries.join("\n")} END` : "'{}'::json";
  const isNamed = "o.name::text ILIKE $1::text";
  const isFound = query.pattern?.includes(".")
    ? `(${isNamed} OR o.schema || '.' || o.name ILIKE $1::text)`
    : isNamed;
  return `
WITH found AS (
  SELECT o.*, coalesce(o.parent, o.arguments, '')::text AS rest
  FROM (${union.join("\nUNION ALL\n")}) o
  WHERE ($1::text IS NULL AND NOT o.is_extra OR ${isFound})
    AND ($3::text IS NULL OR o.parent = $3::name)
    AND ${IS_WANTED_SCHEMA}
), page AS (
  SELECT * FROM found o
  WHERE $4::text IS NULL OR (${KEY}) > ($4::text, $5::text, $6::text, $7::text)
  ORDER BY ${KEY}
  LIMIT $8::int8
)
SELECT json_build_object(
  'key', json_build_array(o.schema, o.name, o.kind, o.rest),
  'found', json_strip_nulls(json_build_object('type', o.kind, 'schema', nullif(o.schema, ''),
    'name', o.name, 'table', o.parent, 'arguments', o.arguments)),
  'facts', json_strip_nulls(${summary}))
FROM page o
ORDER BY ${KEY}`;
}
