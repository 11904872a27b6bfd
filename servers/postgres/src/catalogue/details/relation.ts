import { ESTIMATED_BYTES } from "../sources/relations.ts";
import { COLUMN_IS_OPEN } from "../visible.ts";

/** Most partitions, and most tables that refer to this one, that are named. */
const MOST_NEIGHBOURS = 50;

const COLUMNS = `(
  SELECT json_agg(json_strip_nulls(json_build_object(
    'column', a.attname,
    'data_type', format_type(a.atttypid, a.atttypmod),
    'is_nullable', CASE WHEN a.attnotnull THEN 'NO' ELSE 'YES' END,
    'default', CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END,
    'identity', CASE a.attidentity WHEN 'a' THEN 'ALWAYS' WHEN 'd' THEN 'BY DEFAULT' END,
    'generated', CASE WHEN a.attgenerated <> '' THEN
      pg_get_expr(d.adbin, d.adrelid) || CASE a.attgenerated WHEN 's' THEN ' STORED' ELSE ' VIRTUAL' END END,
    'collation', (SELECT l.collname FROM pg_collation l JOIN pg_type t ON t.oid = a.atttypid
      WHERE l.oid = a.attcollation AND l.oid <> t.typcollation),
    'inherited', nullif(a.attinhcount > 0 AND NOT c.relispartition, false),
    'comment', col_description(c.oid, a.attnum))) ORDER BY a.attnum)
  FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND ${COLUMN_IS_OPEN})`;

const CONSTRAINTS = `(
  SELECT json_agg(json_strip_nulls(json_build_object(
    'name', k.conname,
    'type', CASE k.contype WHEN 'p' THEN 'PRIMARY KEY' WHEN 'f' THEN 'FOREIGN KEY' WHEN 'u' THEN 'UNIQUE'
      WHEN 'x' THEN 'EXCLUDE' ELSE 'CHECK' END,
    'columns', (SELECT json_agg(a.attname ORDER BY x.place)
      FROM unnest(k.conkey) WITH ORDINALITY x(number, place)
      JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = x.number),
    'definition', pg_get_constraintdef(k.oid),
    'comment', obj_description(k.oid, 'pg_constraint'))) ORDER BY k.contype = 'p' DESC, k.conname)
  FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype IN ('p', 'f', 'u', 'c', 'x'))`;

const INDEXES = `(
  SELECT json_agg(json_strip_nulls(json_build_object(
    'name', x.relname,
    'definition', pg_get_indexdef(x.oid),
    'unique', nullif(i.indisunique, false),
    'primary', nullif(i.indisprimary, false),
    'invalid', nullif(NOT i.indisvalid, false),
    'estimated_bytes', CASE WHEN x.relpages > 0 THEN x.relpages::int8 * current_setting('block_size')::int8 END,
    'comment', obj_description(x.oid, 'pg_class'))) ORDER BY x.relname)
  FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = c.oid)`;

const TRIGGERS = `(
  SELECT json_agg(json_strip_nulls(json_build_object(
    'name', g.tgname,
    'definition', pg_get_triggerdef(g.oid),
    'enabled', CASE g.tgenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'on replicas' WHEN 'A' THEN 'always' END,
    'comment', obj_description(g.oid, 'pg_trigger'))) ORDER BY g.tgname)
  FROM pg_trigger g WHERE g.tgrelid = c.oid AND NOT g.tgisinternal)`;

const POLICIES = `(
  SELECT json_agg(json_strip_nulls(json_build_object(
    'name', y.polname,
    'command', CASE y.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
      WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
    'permissive', y.polpermissive,
    'roles', (SELECT json_agg(CASE x.role WHEN 0 THEN 'public' ELSE pg_get_userbyid(x.role) END)
      FROM unnest(y.polroles) x(role)),
    'using', pg_get_expr(y.polqual, y.polrelid),
    'check', pg_get_expr(y.polwithcheck, y.polrelid),
    'comment', obj_description(y.oid, 'pg_policy'))) ORDER BY y.polname)
  FROM pg_policy y WHERE y.polrelid = c.oid)`;

const PRIVILEGES = `(
  SELECT json_agg(x.privilege) FROM unnest('{SELECT,INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER}'::text[]) x(privilege)
  WHERE has_table_privilege(c.oid, x.privilege)
    OR (x.privilege IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES') AND has_any_column_privilege(c.oid, x.privilege)))`;

const REFERENCED_BY = `(
  SELECT json_agg(r.entry) FROM (
    SELECT json_build_object('table', k.conrelid::regclass, 'name', k.conname,
      'definition', pg_get_constraintdef(k.oid)) AS entry
    FROM pg_constraint k WHERE k.confrelid = c.oid AND k.contype = 'f' AND k.conparentid = 0
    ORDER BY k.conrelid::regclass::text, k.conname LIMIT ${MOST_NEIGHBOURS}) r)`;

const PARTITIONING = `CASE WHEN c.relkind = 'p' THEN json_build_object(
  'key', pg_get_partkeydef(c.oid),
  'count', (SELECT count(*) FROM pg_inherits h WHERE h.inhparent = c.oid),
  'first', (SELECT json_agg(f.entry) FROM (
    SELECT json_build_object('name', h.inhrelid::regclass, 'bound', pg_get_expr(b.relpartbound, b.oid)) AS entry
    FROM pg_inherits h JOIN pg_class b ON b.oid = h.inhrelid WHERE h.inhparent = c.oid
    ORDER BY h.inhrelid::regclass::text LIMIT ${MOST_NEIGHBOURS}) f)) END`;

/**
 * All there is to know of relations with rows, by their OIDs. Sizes and row counts are the planner's estimates: the
 * exact ones would wait for locks. Options of foreign tables are left out, since they may hold secrets.
 */
export const RELATION_DETAILS = `
SELECT json_strip_nulls(json_build_object(
  'basic', json_build_object(
    'schema', n.nspname, 'name', c.relname, 'type', $2::text,
    'owner', pg_get_userbyid(c.relowner),
    'comment', obj_description(c.oid, 'pg_class'),
    'estimated_rows', CASE WHEN c.reltuples >= 0 AND c.relkind <> 'v' THEN c.reltuples::int8 END,
    'estimated_bytes', ${ESTIMATED_BYTES},
    'privileges', coalesce(${PRIVILEGES}, '[]'::json),
    'row_security', CASE WHEN c.relforcerowsecurity THEN 'forced' WHEN c.relrowsecurity THEN 'enabled' END,
    'unlogged', nullif(c.relpersistence = 'u', false),
    'populated', CASE c.relkind WHEN 'm' THEN c.relispopulated END,
    'server', (SELECT s.srvname FROM pg_foreign_table f JOIN pg_foreign_server s ON s.oid = f.ftserver
      WHERE f.ftrelid = c.oid),
    'partition_of', (SELECT h.inhparent::regclass FROM pg_inherits h WHERE c.relispartition AND h.inhrelid = c.oid),
    'partition_bound', CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END,
    'inherits', CASE WHEN NOT c.relispartition THEN (
      SELECT json_agg(h.inhparent::regclass ORDER BY h.inhseqno) FROM pg_inherits h WHERE h.inhrelid = c.oid) END),
  'columns', coalesce(${COLUMNS}, '[]'::json),
  'constraints', coalesce(${CONSTRAINTS}, '[]'::json),
  'indexes', coalesce(${INDEXES}, '[]'::json),
  'triggers', ${TRIGGERS},
  'policies', ${POLICIES},
  'referenced_by', ${REFERENCED_BY},
  'partitions', ${PARTITIONING},
  'definition', CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END))
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.oid = ANY ($1::oid[])`;
