import type { KindSource } from "./kinds.ts";
import {
  COLUMN_IS_OPEN,
  RELATION_IS_OPEN,
  ROUTINE_IS_OPEN,
  SCHEMA_IS_OPEN,
  TYPE_IS_OPEN,
} from "./visible.ts";

/** True for what an extension brought, or another object as a part of itself. */
const ofExtension = (catalogue: string, oid: string): string =>
  `EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalogue}'::regclass AND e.objid = ${oid} AND e.objsubid = 0 AND e.deptype IN ('e', 'i'))`;

const OPEN_RELATION = `pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND ${SCHEMA_IS_OPEN} AND ${RELATION_IS_OPEN}`;

const COMMENT = (catalogue: string, oid = "o.oid"): string =>
  `'comment', obj_description(${oid}, '${catalogue}')`;

/** The relations of some kinds, by their letters in `pg_class`. */
export function relation(...letters: readonly string[]): KindSource {
  const wanted = letters.map((letter) => `'${letter}'`).join(", ");
  return {
    all: `SELECT c.oid, 0 AS sub, n.nspname AS schema, c.relname AS name, NULL::name AS parent, NULL::text AS arguments,
      (c.relispartition OR ${ofExtension("pg_class", "c.oid")}) AS is_extra
      FROM ${OPEN_RELATION} WHERE c.relkind IN (${wanted})`,
    summary: `(SELECT json_build_object(
      'partitioned', nullif(c.relkind = 'p', false), 'partition_of', (SELECT i.inhparent::regclass FROM pg_inherits i WHERE c.relispartition AND i.inhrelid = c.oid),
      'estimated_rows', CASE WHEN c.relkind IN ('r', 'm', 'f') AND c.reltuples >= 0 THEN c.reltuples::int8 END,
      'estimated_bytes', CASE WHEN c.relpages > 0 AND c.relkind <> 'S' THEN c.relpages::int8 * current_setting('block_size')::int8 END,
      'columns', CASE WHEN c.relkind <> 'S' THEN c.relnatts END,
      ${COMMENT("pg_class")}) FROM pg_class c WHERE c.oid = o.oid)`,
  };
}

/** The routines of some kinds, by their letters in `pg_proc`. */
export function routine(...letters: readonly string[]): KindSource {
  const wanted = letters.map((letter) => `'${letter}'`).join(", ");
  return {
    all: `SELECT p.oid, 0 AS sub, n.nspname AS schema, p.proname AS name, NULL::name AS parent,
      pg_get_function_identity_arguments(p.oid) AS arguments, ${ofExtension("pg_proc", "p.oid")} AS is_extra
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace AND ${SCHEMA_IS_OPEN} AND ${ROUTINE_IS_OPEN}
      WHERE p.prokind IN (${wanted})`,
    summary: `json_build_object('result', pg_get_function_result(o.oid), ${COMMENT("pg_proc")})`,
  };
}

export const SCHEMA: KindSource = {
  all: `SELECT n.oid, 0 AS sub, n.nspname AS schema, n.nspname AS name, NULL::name AS parent, NULL::text AS arguments,
    false AS is_extra FROM pg_namespace n WHERE ${SCHEMA_IS_OPEN}`,
  summary: `json_build_object('owner', (SELECT pg_get_userbyid(n.nspowner) FROM pg_namespace n WHERE n.oid = o.oid), ${COMMENT("pg_namespace")})`,
};

/** Enums, domains, ranges, composite and base types; not the types of tables, arrays and multiranges that come with others. */
export const TYPE: KindSource = {
  all: `SELECT t.oid, 0 AS sub, n.nspname AS schema, t.typname AS name, NULL::name AS parent, NULL::text AS arguments,
    ${ofExtension("pg_type", "t.oid")} AS is_extra
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace AND ${SCHEMA_IS_OPEN} AND ${TYPE_IS_OPEN}
    WHERE t.typtype IN ('e', 'd', 'r', 'b', 'c') AND t.typcategory <> 'A'
      AND (t.typrelid = 0 OR EXISTS (SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c'))`,
  summary: `(SELECT json_build_object(
    'kind', CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range' WHEN 'c' THEN 'composite' ELSE 'base' END,
    'values', CASE t.typtype WHEN 'e' THEN (SELECT json_agg(v.enumlabel) FROM (SELECT enumlabel FROM pg_enum WHERE enumtypid = t.oid ORDER BY enumsortorder LIMIT 50) v) END,
    'base', CASE t.typtype WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod) END,
    ${COMMENT("pg_type")}) FROM pg_type t WHERE t.oid = o.oid)`,
};

export const EXTENSION: KindSource = {
  all: `SELECT x.oid, 0 AS sub, n.nspname AS schema, x.extname AS name, NULL::name AS parent, NULL::text AS arguments,
    false AS is_extra FROM pg_extension x JOIN pg_namespace n ON n.oid = x.extnamespace`,
  summary: `(SELECT json_build_object('version', x.extversion, 'relocatable', x.extrelocatable, ${COMMENT("pg_extension")})
    FROM pg_extension x WHERE x.oid = o.oid)`,
};

/** Roles belong to no schema; those PostgreSQL brings are left out unless looked for. */
export const ROLE: KindSource = {
  all: `SELECT r.oid, 0 AS sub, ''::name AS schema, r.rolname AS name, NULL::name AS parent, NULL::text AS arguments,
    r.rolname LIKE 'pg\\_%' AS is_extra FROM pg_roles r`,
  summary: `(SELECT json_build_object('login', r.rolcanlogin, 'superuser', r.rolsuper) FROM pg_roles r WHERE r.oid = o.oid)`,
};

export const COLUMN: KindSource = {
  all: `SELECT c.oid, a.attnum AS sub, n.nspname AS schema, a.attname AS name, c.relname AS parent, NULL::text AS arguments,
    (c.relispartition OR ${ofExtension("pg_class", "c.oid")}) AS is_extra
    FROM ${OPEN_RELATION} JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND ${COLUMN_IS_OPEN}
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')`,
  summary: `(SELECT json_build_object('data_type', format_type(a.atttypid, a.atttypmod), 'not_null', nullif(a.attnotnull, false),
    'comment', col_description(o.oid, a.attnum)) FROM pg_attribute a WHERE a.attrelid = o.oid AND a.attnum = o.sub)`,
};

export const INDEX: KindSource = {
  all: `SELECT x.oid, 0 AS sub, n.nspname AS schema, x.relname AS name, c.relname AS parent, NULL::text AS arguments,
    (x.relispartition OR ${ofExtension("pg_class", "c.oid")}) AS is_extra
    FROM ${OPEN_RELATION} JOIN pg_index i ON i.indrelid = c.oid JOIN pg_class x ON x.oid = i.indexrelid
    WHERE c.relkind IN ('r', 'p', 'm')`,
  summary: `json_build_object('definition', pg_get_indexdef(o.oid), ${COMMENT("pg_class")})`,
};

/** NOT NULL, which newer versions count among the constraints, is told of with the column. */
export const CONSTRAINT: KindSource = {
  all: `SELECT k.oid, 0 AS sub, n.nspname AS schema, k.conname AS name, c.relname AS parent, NULL::text AS arguments,
    (c.relispartition OR ${ofExtension("pg_class", "c.oid")}) AS is_extra
    FROM ${OPEN_RELATION} JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype IN ('p', 'f', 'u', 'c', 'x')`,
  summary: `json_build_object('definition', pg_get_constraintdef(o.oid), ${COMMENT("pg_constraint")})`,
};

export const TRIGGER: KindSource = {
  all: `SELECT g.oid, 0 AS sub, n.nspname AS schema, g.tgname AS name, c.relname AS parent, NULL::text AS arguments,
    (c.relispartition OR ${ofExtension("pg_class", "c.oid")}) AS is_extra
    FROM ${OPEN_RELATION} JOIN pg_trigger g ON g.tgrelid = c.oid AND NOT g.tgisinternal`,
  summary: `json_build_object('definition', pg_get_triggerdef(o.oid), ${COMMENT("pg_trigger")})`,
};

export const POLICY: KindSource = {
  all: `SELECT y.oid, 0 AS sub, n.nspname AS schema, y.polname AS name, c.relname AS parent, NULL::text AS arguments,
    (c.relispartition OR ${ofExtension("pg_class", "c.oid")}) AS is_extra
    FROM ${OPEN_RELATION} JOIN pg_policy y ON y.polrelid = c.oid`,
  summary: `(SELECT json_build_object('using', pg_get_expr(y.polqual, y.polrelid), 'check', pg_get_expr(y.polwithcheck, y.polrelid), ${COMMENT("pg_policy", "y.oid")})
    FROM pg_policy y WHERE y.oid = o.oid)`,
};
