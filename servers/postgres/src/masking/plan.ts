import type { Session } from "../database/database.ts";
import type { MaskKind, MaskRule } from "./rules.ts";

/** A relation some of whose columns are masked. */
export interface MaskedRelation {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly string[];
}

/** What the rules mean in one database as it is now. */
export interface MaskPlan {
  readonly relations: readonly MaskedRelation[];
  /** Views that show a masked column and that no rule speaks of. */
  readonly views: readonly { readonly schema: string; readonly name: string }[];
  /** By {@link originKey}. */
  readonly kinds: ReadonlyMap<string, MaskKind>;
}

/** Stands for a column of a relation. */
export function originKey(relation: number, column: number): string {
  return `${relation}.${column}`;
}

// Rules hold for the whole of an inheritance tree: the rows of a partition are also read through its table. The first
// rule that fits a column decides. A column that is generated from a masked one is masked in full, unless it has a rule.
const MASKED = `
WITH RECURSIVE ruled AS (
  SELECT c.oid, a.attname, a.attnum, min(r.place) AS place
  FROM ROWS FROM (pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::text[]), pg_catalog.unnest($3::text[])) WITH ORDINALITY r(schema_like, table_like, column_like, place)
  JOIN pg_catalog.pg_namespace n ON n.nspname LIKE r.schema_like
  JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relname LIKE r.table_like
  JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attname LIKE r.column_like
  WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_toast%'
  GROUP BY 1, 2, 3
), related(origin, oid, attname, place) AS (
  SELECT oid, oid, attname, place FROM ruled
  UNION
  SELECT r.origin, CASE h.inhparent WHEN r.oid THEN h.inhrelid ELSE h.inhparent END, r.attname, r.place
  FROM related r JOIN pg_catalog.pg_inherits h ON r.oid IN (h.inhparent, h.inhrelid)
), decided AS (
  SELECT DISTINCT ON (c.oid, a.attnum) c.oid, c.relname, n.nspname, a.attname, a.attnum, r.place
  FROM related r JOIN pg_catalog.pg_class c ON c.oid = r.oid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = r.attname AND NOT a.attisdropped
  ORDER BY c.oid, a.attnum, r.place
), masked AS (
  SELECT oid, relname, nspname, attname, attnum, place FROM decided WHERE place <> ALL ($4::int8[])
  UNION ALL
  SELECT DISTINCT d.oid, d.relname, d.nspname, g.attname, g.attnum, NULL::int8
  FROM decided d
  JOIN pg_catalog.pg_depend p ON p.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND p.refobjid = d.oid AND p.refobjsubid = d.attnum
  LEFT JOIN pg_catalog.pg_attrdef f ON p.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND f.oid = p.objid
  JOIN pg_catalog.pg_attribute g ON g.attrelid = d.oid AND g.attgenerated <> ''
    AND (g.attnum = f.adnum OR p.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND p.objid = d.oid AND g.attnum = p.objsubid)
  WHERE d.place <> ALL ($4::int8[])
    AND NOT EXISTS (SELECT FROM decided o WHERE o.oid = d.oid AND o.attnum = g.attnum)
), shown(oid) AS (
  SELECT w.ev_class FROM masked m
  JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = m.oid AND d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
  JOIN pg_catalog.pg_rewrite w ON w.oid = d.objid AND w.ev_class <> m.oid
  WHERE (d.refobjsubid = m.attnum OR d.refobjsubid = 0 AND pg_catalog.pg_get_viewdef(w.ev_class) LIKE '%.*%')
    AND w.ev_class NOT IN (SELECT oid FROM ruled)
  UNION
  SELECT w.ev_class FROM shown s
  JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = s.oid AND d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
  JOIN pg_catalog.pg_rewrite w ON w.oid = d.objid AND w.ev_class <> s.oid
  WHERE w.ev_class NOT IN (SELECT oid FROM ruled)
)
SELECT pg_catalog.json_build_object('relation', m.oid::text, 'column', m.attnum, 'schema', m.nspname, 'name', m.relname, 'attribute', m.attname, 'place', m.place)
FROM masked m
UNION ALL
SELECT pg_catalog.json_build_object('schema', n.nspname, 'name', c.relname)
FROM shown s JOIN pg_catalog.pg_class c ON c.oid = s.oid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace`;

interface Row {
  readonly schema: string;
  readonly name: string;
  readonly relation?: string;
  readonly column?: number;
  readonly attribute?: string;
  /** Of its rule; null for what is generated from a masked column. */
  readonly place?: number | null;
}

/**
 * Finds the columns that rules mean, in the transaction in which they will be read.
 * @throws {DatabaseError}
 */
export async function maskPlan(session: Session, rules: readonly MaskRule[]): Promise<MaskPlan> {
  const { rows } = await session.query(MASKED, [
    rules.map(({ schema }) => likeOf(schema)),
    rules.map(({ table }) => likeOf(table)),
    rules.map(({ column }) => likeOf(column)),
    rules.flatMap(({ kind }, at) => (kind === "none" ? [at + 1] : [])),
  ]);
  const found = rows.map(([json]) => JSON.parse(json ?? "null") as Row);
  const relations = new Map<string, MaskedRelation & { readonly columns: string[] }>();
  const kinds = new Map<string, MaskKind>();
  const views: MaskPlan["views"][number][] = [];
  for (const { schema, name, relation, column = 0, attribute = "", place } of found) {
    if (relation === undefined) {
      views.push({ schema, name });
      continue;
    }
    kinds.set(originKey(Number(relation), column), rules[(place ?? 0) - 1]?.kind ?? "full");
    const known = relations.get(relation) ?? { schema, name, columns: [] };
    known.columns.push(attribute);
    relations.set(relation, known);
  }
  return { relations: [...relations.values()], views, kinds };
}

/** A rule's name is a glob of `*` and `?`, and always the whole name. */
function likeOf(glob: string): string {
  return glob
    .replace(/[\\%_]/g, "\\$&")
    .replaceAll("*", "%")
    .replaceAll("?", "_");
}
