import { ROUTINE_IS_OPEN, SCHEMA_IS_OPEN, TYPE_IS_OPEN } from "../visible.ts";
import { anyOf, commentIn, isPartOfAnother, type KindSource, objects } from "./source.ts";

/** The routines of some kinds, by their letters in `pg_proc`. */
export function routines(...letters: readonly string[]): KindSource {
  return {
    all: objects({
      oid: "p.oid",
      schema: "n.nspname",
      name: "p.proname",
      arguments: "pg_get_function_identity_arguments(p.oid)",
      isExtra: isPartOfAnother("pg_proc", "p.oid"),
      from: `pg_proc p
        JOIN pg_namespace n ON n.oid = p.pronamespace AND ${SCHEMA_IS_OPEN} AND ${ROUTINE_IS_OPEN}
        WHERE p.prokind IN ${anyOf(letters)}`,
    }),
    summary: `json_build_object('result', pg_get_function_result(o.oid), ${commentIn("pg_proc")})`,
  };
}

export const SCHEMA: KindSource = {
  all: objects({
    oid: "n.oid",
    schema: "n.nspname",
    name: "n.nspname",
    from: `pg_namespace n WHERE ${SCHEMA_IS_OPEN}`,
  }),
  summary: `(
    SELECT json_build_object('owner', pg_get_userbyid(n.nspowner), ${commentIn("pg_namespace")})
    FROM pg_namespace n WHERE n.oid = o.oid)`,
};

/** Not the types that come with others: of tables, arrays and multiranges. */
export const TYPE: KindSource = {
  all: objects({
    oid: "t.oid",
    schema: "n.nspname",
    name: "t.typname",
    isExtra: isPartOfAnother("pg_type", "t.oid"),
    from: `pg_type t
      JOIN pg_namespace n ON n.oid = t.typnamespace AND ${SCHEMA_IS_OPEN} AND ${TYPE_IS_OPEN}
      WHERE t.typtype IN ('e', 'd', 'r', 'b', 'c') AND t.typcategory <> 'A'
        AND (t.typrelid = 0 OR EXISTS (SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c'))`,
  }),
  summary: `(
    SELECT json_build_object(
      'kind', CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range'
        WHEN 'c' THEN 'composite' ELSE 'base' END,
      'values', CASE t.typtype WHEN 'e' THEN (
        SELECT json_agg(v.enumlabel) FROM (
          SELECT enumlabel FROM pg_enum WHERE enumtypid = t.oid ORDER BY enumsortorder LIMIT 50) v) END,
      'base', CASE t.typtype WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod) END,
      ${commentIn("pg_type")})
    FROM pg_type t WHERE t.oid = o.oid)`,
};

export const EXTENSION: KindSource = {
  all: objects({
    oid: "x.oid",
    schema: "n.nspname",
    name: "x.extname",
    from: "pg_extension x JOIN pg_namespace n ON n.oid = x.extnamespace",
  }),
  summary: `(
    SELECT json_build_object(
      'version', x.extversion, 'relocatable', x.extrelocatable, ${commentIn("pg_extension")})
    FROM pg_extension x WHERE x.oid = o.oid)`,
};

/** Roles belong to no schema; those PostgreSQL brings are left out unless looked for. */
export const ROLE: KindSource = {
  all: objects({
    oid: "r.oid",
    schema: "''::name",
    name: "r.rolname",
    isExtra: "r.rolname LIKE 'pg\\_%'",
    from: "pg_roles r",
  }),
  summary: `(
    SELECT json_build_object('login', r.rolcanlogin, 'superuser', r.rolsuper)
    FROM pg_roles r WHERE r.oid = o.oid)`,
};
