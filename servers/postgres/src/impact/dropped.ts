import { quoteIdentifier } from "../catalogue/quote.ts";
import type { Session } from "../database/database.ts";
import { type Fields, parse } from "../guard/parser.ts";

/** Objects that are named to somebody who decides; of the others only how many there are. */
const MOST_NAMED = 10;

/** What goes when something is dropped or emptied. */
export interface Dropped {
  /** Rows its tables hold, by PostgreSQL's statistics. */
  readonly rows: number;
  /** What depends on it, in PostgreSQL's words: `view sales`. The first ones, by name. */
  readonly dependents: readonly string[];
  /** How many there are in all. */
  readonly count: number;
}

/** What a DROP or TRUNCATE of relations or schemas would take with it; nothing for other statements. */
export async function droppedBy(session: Session, sql: string): Promise<Dropped | undefined> {
  const [statement] = await parse(sql);
  if (statement === undefined) return undefined;
  const { relations, schemas } = namesIn(statement.type, statement.fields);
  if (relations.length + schemas.length === 0) return undefined;
  const { rows } = await session.query(DEPENDENTS, [relations, schemas, MOST_NAMED]);
  const [[held, count, names] = []] = rows;
  return {
    rows: Number(held ?? 0),
    count: Number(count ?? 0),
    dependents: JSON.parse(names ?? "[]") as string[],
  };
}

const RELATIONS = new Set([
  "OBJECT_TABLE",
  "OBJECT_FOREIGN_TABLE",
  "OBJECT_VIEW",
  "OBJECT_MATVIEW",
  "OBJECT_SEQUENCE",
  "OBJECT_INDEX",
]);

interface Names {
  /** Quoted, as `to_regclass` reads them. */
  readonly relations: string[];
  readonly schemas: string[];
}

function namesIn(type: string, fields: Fields): Names {
  if (type === "TruncateStmt") {
    const relations = (fields.relations as readonly { readonly RangeVar: Fields }[]).map(
      ({ RangeVar: { schemaname, relname } }) => quoted([schemaname, relname]),
    );
    return { relations, schemas: [] };
  }
  if (type !== "DropStmt") return { relations: [], schemas: [] };
  const objects = fields.objects as readonly Readonly<Record<string, Fields>>[];
  if (fields.removeType === "OBJECT_SCHEMA") {
    return { relations: [], schemas: objects.map(({ String: one }) => String(one?.sval)) };
  }
  if (!RELATIONS.has(String(fields.removeType))) return { relations: [], schemas: [] };
  const lists = objects.map(({ List: list }) => (list?.items ?? []) as { String: Fields }[]);
  return {
    relations: lists.map((parts) => quoted(parts.map(({ String: part }) => part.sval))),
    schemas: [],
  };
}

function quoted(parts: readonly unknown[]): string {
  return parts
    .filter((part) => part !== undefined)
    .map((part) => quoteIdentifier(String(part)))
    .join(".");
}

// What belongs to a dropped object itself (its type, its indexes, its defaults) is no news, unlike what others made.
const DEPENDENTS = `
WITH RECURSIVE named AS (
  SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::oid AS classid,
    pg_catalog.to_regclass(name)::oid AS objid
  FROM pg_catalog.unnest($1::text[]) name
  UNION ALL
  SELECT 'pg_catalog.pg_namespace'::pg_catalog.regclass::oid, n.oid
  FROM pg_catalog.pg_namespace n WHERE n.nspname = ANY ($2::text[])
), found AS (
  SELECT classid, objid, 'own' AS role FROM named WHERE objid IS NOT NULL
  UNION
  SELECT next.* FROM found, LATERAL (
    SELECT d.classid, d.objid,
      CASE WHEN d.deptype = 'n' THEN 'dependent' WHEN found.role = 'own' THEN 'own' ELSE 'part' END
    FROM pg_catalog.pg_depend d
    WHERE d.refclassid = found.classid AND d.refobjid = found.objid AND d.deptype IN ('n', 'a', 'i')
    UNION ALL
    -- What a part goes with, as a view with its rule.
    SELECT d.refclassid, d.refobjid, 'dependent' FROM pg_catalog.pg_depend d
    WHERE d.classid = found.classid AND d.objid = found.objid AND d.deptype = 'i'
      AND found.role = 'dependent'
  ) next
), held AS (
  SELECT coalesce(sum(greatest(c.reltuples, 0)), 0)::bigint AS rows FROM pg_catalog.pg_class c
  WHERE c.relkind IN ('r', 'm') AND c.oid IN
    (SELECT objid FROM found WHERE classid = 'pg_catalog.pg_class'::pg_catalog.regclass)
), dependents AS (
  SELECT DISTINCT pg_catalog.pg_describe_object(found.classid, found.objid, 0) AS name
  FROM found WHERE role = 'dependent' AND classid <> 'pg_catalog.pg_rewrite'::pg_catalog.regclass
    AND (classid, objid) NOT IN (SELECT classid, objid FROM named WHERE objid IS NOT NULL)
), shown AS (
  SELECT name FROM dependents ORDER BY name LIMIT $3::int
)
SELECT (SELECT rows FROM held), (SELECT count(*) FROM dependents),
  (SELECT coalesce(pg_catalog.json_agg(name), '[]') FROM shown)`;
