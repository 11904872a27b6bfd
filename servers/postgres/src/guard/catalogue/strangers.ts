import type { AllowedFunctions } from "../functions/allowed.ts";
import { Refused } from "../refused.ts";
import type { Uses } from "../uses.ts";
import type { Ask } from "./check.ts";

/**
 * Functions that others than superusers made, and that tables call by themselves: planning a query folds what indexes,
 * constraints and statistics call, and writing runs defaults, triggers and rules. All of it as whoever runs the
 * statement, which matters where that is one who may leave the database.
 *
 * `$1` are relations, `$2` whether they are written to. Columns: table, schema, name.
 */
const CALLED_BY_TABLES = `
WITH RECURSIVE
tables (oid) AS (
  SELECT r.oid FROM pg_catalog.pg_class r
  WHERE r.relname = ANY ($1::pg_catalog.name[]) AND r.oid >= '16384'::pg_catalog.oid
    AND r.relkind <> 'v'::pg_catalog."char"
  UNION SELECT i.inhrelid FROM tables t JOIN pg_catalog.pg_inherits i ON i.inhparent = t.oid
),
parts (class, oid, tab) AS (
  SELECT 'pg_class', t.oid, t.oid FROM tables t
  UNION ALL
  SELECT 'pg_class', i.indexrelid, t.oid FROM tables t JOIN pg_catalog.pg_index i ON i.indrelid = t.oid
  UNION ALL
  SELECT 'pg_constraint', c.oid, t.oid FROM tables t
  JOIN pg_catalog.pg_constraint c ON c.conrelid = t.oid
  UNION ALL
  SELECT 'pg_statistic_ext', s.oid, t.oid FROM tables t
  JOIN pg_catalog.pg_statistic_ext s ON s.stxrelid = t.oid
  UNION ALL
  SELECT 'pg_policy', p.oid, t.oid FROM tables t JOIN pg_catalog.pg_policy p ON p.polrelid = t.oid
  UNION ALL
  SELECT 'pg_attrdef', a.oid, t.oid FROM tables t
  JOIN pg_catalog.pg_attrdef a ON a.adrelid = t.oid WHERE $2::pg_catalog.bool
  UNION ALL
  SELECT 'pg_trigger', g.oid, t.oid FROM tables t
  JOIN pg_catalog.pg_trigger g ON g.tgrelid = t.oid WHERE $2::pg_catalog.bool
  UNION ALL
  SELECT 'pg_rewrite', w.oid, t.oid FROM tables t
  JOIN pg_catalog.pg_rewrite w ON w.ev_class = t.oid WHERE $2::pg_catalog.bool
),
needed AS (
  SELECT p.tab, d.refclassid, d.refobjid FROM parts p JOIN pg_catalog.pg_depend d
    ON d.objid = p.oid
    AND d.classid = ('pg_catalog.' || p.class)::pg_catalog.regclass::pg_catalog.oid
),
called (tab, oid) AS (
  SELECT n.tab, n.refobjid FROM needed n
  WHERE n.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass::pg_catalog.oid
  UNION
  SELECT n.tab, o.oprcode::pg_catalog.oid FROM needed n
  JOIN pg_catalog.pg_operator o ON o.oid = n.refobjid
  WHERE n.refclassid = 'pg_catalog.pg_operator'::pg_catalog.regclass::pg_catalog.oid
)
SELECT DISTINCT r.relname::pg_catalog.text, s.nspname::pg_catalog.text, f.proname::pg_catalog.text
FROM called c
JOIN pg_catalog.pg_class r ON r.oid = c.tab
JOIN pg_catalog.pg_proc f ON f.oid = c.oid
JOIN pg_catalog.pg_language l ON l.oid = f.prolang
JOIN pg_catalog.pg_namespace s ON s.oid = f.pronamespace
JOIN pg_catalog.pg_roles o ON o.oid = f.proowner
WHERE f.oid >= '16384'::pg_catalog.oid AND NOT o.rolsuper
  AND l.lanname <> 'internal'::pg_catalog.name
`;

/**
 * Refuses tables that would run, as one who may leave the database, what one who may not has made.
 * @throws {Refused}
 */
export async function checkStrangers(
  { relations, written }: Uses,
  ask: Ask,
  allowed: AllowedFunctions,
): Promise<void> {
  if (relations.length === 0) return;
  const names = [...new Set(relations.map(({ name }) => name))];
  const called = await ask(CALLED_BY_TABLES, [names, String(written.length > 0)]);
  for (const [table, schema = "", name = ""] of called) {
    if (allowed(schema ?? "", name ?? "")) continue;
    throw new Refused(
      `${table} runs ${schema}.${name}(), which an ordinary user made, with the rights of this server's user; connect as an ordinary user, or have the operator add --allow-function ${schema}.${name}.`,
    );
  }
}
