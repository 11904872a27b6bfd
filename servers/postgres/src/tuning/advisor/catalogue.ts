import { CATALOGUE_ONLY, type Inspection, setSearchPath } from "../inspection.ts";
import { type Column, type ExistingIndex, type Table, withFunctions } from "./table.ts";

/** A relation as a statement names it. */
export interface RelationName {
  readonly schema: string | undefined;
  readonly name: string;
}

/** The tables that statements name. */
export interface Catalogue {
  /** Nothing when it is no table: a view, a function, something of PostgreSQL's own, or not there. */
  find(name: RelationName): Table | undefined;
}

interface TableRow extends Omit<Table, "columns" | "indexes"> {
  readonly columns: readonly Column[];
  readonly indexes: readonly ExistingIndex[];
}

/** A partitioned table has the rows of its partitions, and is read as them. */
const TABLES = String.raw`
  SELECT c.oid::int8 AS id, c.oid::regclass::text AS name, n.nspname AS schema, c.relname AS relation,
         c.relkind = 'p' AS partitioned, parts.*,
         (SELECT json_agg(json_build_object(
            'name', a.attname, 'sql', quote_ident(a.attname), 'type', format_type(a.atttypid, NULL), 'width', s.avg_width,
            'nulls', coalesce(s.null_frac, 0), 'distinct', s.n_distinct, 'variable', a.attlen = -1,
            'alignment', CASE a.attalign WHEN 'c' THEN 1 WHEN 's' THEN 2 WHEN 'i' THEN 4 ELSE 8 END,
            'sortable', EXISTS (
              SELECT FROM pg_opclass o WHERE o.opcdefault AND o.opcmethod = (SELECT oid FROM pg_am WHERE amname = 'btree')
              AND (o.opcintype IN (a.atttypid, t.typbasetype) OR a.atttypid = 'varchar'::regtype
                OR t.typtype IN ('e', 'r', 'm') OR t.typcategory = 'A')),
            'patternClass', CASE WHEN a.atttypid IN ('text'::regtype, 'varchar'::regtype)
                AND coalesce(l.collname NOT IN ('C', 'POSIX'), true)
                AND (l.collname <> 'default' OR (SELECT datcollate NOT IN ('C', 'POSIX') FROM pg_database WHERE datname = current_database()))
              THEN CASE a.atttypid WHEN 'text'::regtype THEN 'text_pattern_ops' ELSE 'varchar_pattern_ops' END END))
          FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_collation l ON l.oid = a.attcollation
          LEFT JOIN LATERAL (
            SELECT avg_width, null_frac, n_distinct FROM pg_stats
            WHERE schemaname = n.nspname AND tablename = c.relname AND attname = a.attname
            ORDER BY inherited DESC LIMIT 1) s ON true
          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
         (SELECT coalesce(json_agg(json_build_object(
            'name', i.indexrelid::regclass::text, 'unique', i.indisunique,
            'columns', (SELECT json_agg(coalesce(a.attname::text, replace(pg_get_indexdef(i.indexrelid, k.place::int, true), '::text', '')) ORDER BY k.place) FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k(number, place)
                        LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number AND k.number > 0
                        WHERE k.place <= i.indnkeyatts),
            'descending', (SELECT json_agg(o.flags & 1 = 1 ORDER BY o.place) FROM unnest(i.indoption::int2[]) WITH ORDINALITY AS o(flags, place)))), '[]')
          FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_am m ON m.oid = x.relam
          WHERE i.indrelid = c.oid AND i.indisvalid AND i.indpred IS NULL AND m.amname = 'btree') AS indexes
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(greatest(p.reltuples, 0)), 0)::float8 AS rows, coalesce(sum(pg_relation_size(p.oid)), 0)::float8 AS bytes,
           coalesce(json_agg(json_build_object('schema', s.nspname, 'relation', p.relname)), '[]') AS scanned
    FROM pg_class p JOIN pg_namespace s ON s.oid = p.relnamespace
    WHERE CASE WHEN c.relkind = 'p' THEN p.oid IN (SELECT relid FROM pg_partition_tree(c.oid) WHERE isleaf) ELSE p.oid = c.oid END) parts
  WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
    AND c.oid = ANY ($1::int8[]::oid[])`;

/** Looks up the relations that statements name, where the caller's search path leads to. */
export async function readCatalogue(
  on: Inspection,
  names: readonly RelationName[],
): Promise<Catalogue> {
  const keys = [...new Map(names.map((name) => [keyOf(name), name])).values()];
  const ids = await resolve(on, keys);
  const rows = await on.rows<TableRow>(TABLES, [[...new Set(ids.values())]]);
  const tables = new Map(
    rows.map(({ columns, ...row }) => [row.id, { ...row, columns: withFunctions(columns) }]),
  );
  return { find: (name) => tables.get(ids.get(keyOf(name)) ?? 0) };
}

/** What each name leads to, as the caller's statements would find it. */
async function resolve(
  { session, searchPath, rows }: Inspection,
  names: readonly RelationName[],
): Promise<Map<string, number>> {
  if (names.length === 0) return new Map();
  await setSearchPath(session, searchPath);
  const found = await rows<{ place: number; id: number | null }>(
    `SELECT place, pg_catalog.to_regclass(name)::pg_catalog.oid::pg_catalog.int8 AS id
     FROM pg_catalog.unnest($1::pg_catalog.text[]) WITH ORDINALITY AS names (name, place)`,
    [names.map(quoted)],
  );
  await setSearchPath(session, CATALOGUE_ONLY);
  return new Map(
    found.flatMap(({ place, id }) =>
      id === null ? [] : [[keyOf(names[place - 1]!), id] as const],
    ),
  );
}

function quoted({ schema, name }: RelationName): string {
  const parts = schema === undefined ? [name] : [schema, name];
  return parts.map((part) => `"${part.replaceAll('"', '""')}"`).join(".");
}

function keyOf(name: RelationName): string {
  return JSON.stringify([name.schema ?? null, name.name]);
}
