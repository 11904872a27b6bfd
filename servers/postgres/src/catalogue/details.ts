import type { Catalogue } from "./catalogue.ts";
import {
  EXTENSION_DETAILS,
  INDEX_DETAILS,
  ROLE_DETAILS,
  ROUTINE_DETAILS,
  SCHEMA_DETAILS,
  SEQUENCE_DETAILS,
  TYPE_DETAILS,
} from "./details/others.ts";
import { RELATION_DETAILS } from "./details/relation.ts";
import { CatalogueError } from "./error.ts";
import { KINDS, type ObjectKind } from "./kinds.ts";

/** What is known of one object, as JSON. */
export type ObjectDetails = Readonly<Record<string, unknown>>;

/** Names an object; a routine may be named with the types of its arguments behind it, in parentheses. */
export interface ObjectName {
  readonly kind: ObjectKind;
  /** By the search path, and then wherever there is only one of the name, when absent. */
  readonly schema?: string | undefined;
  readonly name: string;
  /** The table of a part of one. */
  readonly table?: string | undefined;
}

/** Most routines of one name that are told of at once. */
const MOST_OVERLOADS = 20;

const STATEMENTS: Partial<Record<ObjectKind, string>> = {
  schema: SCHEMA_DETAILS,
  table: RELATION_DETAILS,
  view: RELATION_DETAILS,
  materialized_view: RELATION_DETAILS,
  foreign_table: RELATION_DETAILS,
  sequence: SEQUENCE_DETAILS,
  function: ROUTINE_DETAILS,
  procedure: ROUTINE_DETAILS,
  type: TYPE_DETAILS,
  extension: EXTENSION_DETAILS,
  role: ROLE_DETAILS,
  index: INDEX_DETAILS,
};

/** An object as the catalogue knows it. */
export interface FoundByName {
  readonly oid: string;
  /** A column's number. */
  readonly sub: number;
  readonly kind: ObjectKind;
  readonly schema: string;
  readonly name: string;
  readonly parent: string | null;
}

/** An object that was found: what it is, and where. */
export interface FoundDetails {
  readonly kind: ObjectKind;
  readonly schema: string;
  /** One; several for routines of one name. */
  readonly all: readonly ObjectDetails[];
}

/**
 * All there is to know of an object the current user may use.
 * @throws {CatalogueError} when there is none, or several that a schema or table must tell apart
 * @throws {DatabaseError}
 */
export async function objectDetails(
  catalogue: Catalogue,
  wanted: ObjectName,
): Promise<FoundDetails> {
  const found = await findObject(catalogue, wanted);
  const { kind, schema } = found[0] as FoundByName;
  const statement = STATEMENTS[kind];
  const all = statement
    ? await catalogue.json<ObjectDetails>(statement, [found.map(({ oid }) => oid), kind])
    : await Promise.all(found.map((one) => summaryOf(catalogue, one, wanted.name)));
  if (all.length === 0) throw missing(wanted);
  return { kind, schema, all };
}

/**
 * Finds an object the current user may use: one, or several routines of one name.
 * @throws {CatalogueError} when there is none, or several that a schema or table must tell apart
 */
export async function findObject(
  catalogue: Catalogue,
  wanted: ObjectName,
): Promise<readonly FoundByName[]> {
  return only(await candidates(catalogue, wanted), catalogue, wanted);
}

/** What a table is called may be any relation: a view, say, is found as well. */
const ALIKE: Partial<Record<ObjectKind, readonly ObjectKind[]>> = {
  table: ["table", "view", "materialized_view", "foreign_table"],
  view: ["view", "materialized_view"],
  function: ["function", "procedure"],
};

async function candidates(
  catalogue: Catalogue,
  { kind, schema, name, table }: ObjectName,
): Promise<FoundByName[]> {
  const union = (ALIKE[kind] ?? [kind]).map(
    (one) => `SELECT '${one}'::text AS kind, k.* FROM (${KINDS[one].all}) k`,
  );
  const isRoutine = kind === "function" || kind === "procedure";
  const [bare, args] = isRoutine ? splitRoutine(name) : [name, undefined];
  return catalogue.json<FoundByName>(
    `SELECT json_build_object('oid', o.oid::text, 'sub', o.sub, 'kind', o.kind, 'schema', o.schema, 'name', o.name, 'parent', o.parent)
     FROM (${union.join(" UNION ALL ")}) o
     WHERE o.name = $1::name AND ($2::text IS NULL OR o.schema = $2::name) AND ($3::text IS NULL OR o.parent = $3::name)
       AND ($4::text IS NULL OR replace($4::text, ' ', '') IN (replace(o.arguments, ' ', ''),
         (SELECT replace(oidvectortypes(p.proargtypes), ' ', '') FROM pg_proc p WHERE p.oid = o.oid AND p.proname = o.name)))
     ORDER BY o.schema::text, o.parent::text, o.arguments LIMIT 100`,
    [bare, schema ?? null, table ?? null, args ?? null],
  );
}

function splitRoutine(name: string): [string, string | undefined] {
  const parts = /^(.+?)\((.*)\)$/s.exec(name);
  return parts ? [parts[1] ?? "", parts[2]] : [name, undefined];
}

/** Those that are meant: all of one schema, which must be clear. */
function only(found: readonly FoundByName[], { searchPath }: Catalogue, wanted: ObjectName) {
  const schemas = [...new Set(found.map(({ schema }) => schema))];
  const first = [...searchPath, "pg_catalog"].find((schema) => schemas.includes(schema));
  const schema = first ?? schemas[0];
  if (schema === undefined) throw missing(wanted);
  if (first === undefined && schemas.length > 1) {
    throw new CatalogueError(
      `${schemas.length} schemas have a ${nounOf(wanted.kind)} ${wanted.name}: ${schemas.slice(0, 10).join(", ")}. Say which one.`,
    );
  }
  const there = found.filter((one) => one.schema === schema);
  const tables = [...new Set(there.map(({ parent }) => parent))];
  if (tables.length > 1) {
    throw new CatalogueError(
      `${tables.length} tables have a ${nounOf(wanted.kind)} ${wanted.name}: ${tables.slice(0, 10).join(", ")}. Find the one you mean with search_objects and its table.`,
    );
  }
  return there.slice(0, MOST_OVERLOADS);
}

async function summaryOf(
  catalogue: Catalogue,
  { oid, sub, kind, schema, parent }: FoundByName,
  name: string,
): Promise<ObjectDetails> {
  const [facts] = await catalogue.json<ObjectDetails>(
    `SELECT json_strip_nulls(${KINDS[kind].summary}) FROM (SELECT $1::oid AS oid, $2::int2 AS sub) o`,
    [oid, sub],
  );
  return { schema, name, type: kind, table: parent, ...facts };
}

function missing({ kind, schema, name }: ObjectName): CatalogueError {
  const where = schema === undefined ? "" : ` in the schema ${schema}`;
  return new CatalogueError(
    `There is no ${nounOf(kind)} ${name}${where} that you may use; look for it with search_objects.`,
  );
}

function nounOf(kind: ObjectKind): string {
  return kind.replaceAll("_", " ");
}
