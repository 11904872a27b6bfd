/**
 * Asks what names mean: `$1` is a JSON list of `{kind, schema, name, arity}`, and the answer a row for each thing that has
 * to be decided about. Exact types everywhere, so that no operator but `pg_catalog`'s fits.
 *
 * Columns: kind, schema, name, builtIn, extension, trusted (its owner is a superuser), volatility, definition, and what PostgreSQL's own code
 * it stands for.
 */
export const QUESTION = `
WITH RECURSIVE
asked AS MATERIALIZED (
  SELECT kind, schema, name, arity
  FROM pg_catalog.jsonb_to_recordset($1::pg_catalog.jsonb)
    AS t (kind pg_catalog.text, schema pg_catalog.text, name pg_catalog.text, arity pg_catalog.int4)
),
places AS MATERIALIZED (
  SELECT a.kind, a.name::pg_catalog.name AS name, a.arity, n.oid AS namespace, n.nspname
  FROM asked a JOIN pg_catalog.pg_namespace n
    ON (a.schema IS NULL AND n.nspname = ANY (pg_catalog.current_schemas(true)))
    OR n.nspname = a.schema::pg_catalog.name
    OR (a.schema = 'pg_temp' AND n.oid = pg_catalog.pg_my_temp_schema())
),
relations AS MATERIALIZED (
  SELECT p.kind, c.oid, c.relkind, c.relowner, c.reltype, p.nspname, c.relname
  FROM places p JOIN pg_catalog.pg_class c ON c.relname = p.name AND c.relnamespace = p.namespace
  WHERE p.kind = 'relation' OR p.kind = 'written'
),
types (oid) AS (
  SELECT t.oid FROM places p
  JOIN pg_catalog.pg_type t ON t.typname = p.name AND t.typnamespace = p.namespace
  WHERE p.kind = 'type' OR p.kind = 'function'
  UNION SELECT r.reltype FROM relations r
  UNION
  SELECT part.oid FROM types u JOIN pg_catalog.pg_type t ON t.oid = u.oid,
  LATERAL (
    SELECT t.typbasetype UNION ALL SELECT t.typelem UNION ALL
    SELECT a.atttypid FROM pg_catalog.pg_attribute a
    WHERE a.attrelid = t.typrelid AND a.attnum > '0'::pg_catalog.int2 AND NOT a.attisdropped
    UNION ALL SELECT r.rngsubtype FROM pg_catalog.pg_range r
    WHERE r.rngtypid = t.oid OR r.rngmultitypid = t.oid
  ) AS part (oid)
  WHERE part.oid > '0'::pg_catalog.oid
),
called AS (
  SELECT p.kind, f.oid, p.nspname, p.name AS by FROM places p
  JOIN pg_catalog.pg_proc f ON f.proname = p.name AND f.pronamespace = p.namespace
  WHERE p.kind = 'function' AND (
    p.arity IS NULL
    OR p.arity BETWEEN f.pronargs - f.pronargdefaults AND f.pronargs
    OR (f.provariadic <> '0'::pg_catalog.oid AND p.arity >= f.pronargs - f.pronargdefaults - 1)
  )
  UNION ALL
  SELECT p.kind, f.oid, p.nspname, p.name FROM places p
  JOIN pg_catalog.pg_proc f ON f.proname = p.name AND f.pronamespace = p.namespace
  JOIN pg_catalog.pg_type t ON t.oid = f.proargtypes[0]
  WHERE p.kind = 'field' AND t.typtype = ANY ('{c,d,p}'::pg_catalog."char"[])
    AND f.pronargs - f.pronargdefaults <= '1'::pg_catalog.int4
  UNION ALL
  SELECT p.kind, f.oid, n.nspname, p.name FROM places p
  JOIN pg_catalog.pg_operator o ON o.oprname = p.name AND o.oprnamespace = p.namespace
  JOIN pg_catalog.pg_proc f ON f.oid = o.oprcode::pg_catalog.oid
  JOIN pg_catalog.pg_namespace n ON n.oid = f.pronamespace
  WHERE p.kind = 'operator' AND o.oid >= '16384'::pg_catalog.oid
  UNION ALL
  SELECT 'cast', f.oid, n.nspname, t.typname FROM pg_catalog.pg_cast c
  JOIN pg_catalog.pg_proc f ON f.oid = c.castfunc
  JOIN pg_catalog.pg_namespace n ON n.oid = f.pronamespace
  JOIN pg_catalog.pg_type t ON t.oid = c.casttarget
  WHERE c.oid >= '16384'::pg_catalog.oid AND (
    (c.castsource >= '16384'::pg_catalog.oid AND c.castsource IN (SELECT u.oid FROM types u))
    OR (c.casttarget >= '16384'::pg_catalog.oid AND c.casttarget IN (SELECT u.oid FROM types u))
    OR (c.castsource < '16384'::pg_catalog.oid AND c.casttarget < '16384'::pg_catalog.oid)
  )
)
SELECT c.kind, c.nspname::pg_catalog.text, f.proname::pg_catalog.text,
  (f.oid < '16384'::pg_catalog.oid)::pg_catalog.text, e.extname::pg_catalog.text,
  o.rolsuper::pg_catalog.text, f.provolatile::pg_catalog.text, c.by::pg_catalog.text,
  CASE WHEN l.lanname = 'internal' THEN f.prosrc END
FROM called c JOIN pg_catalog.pg_proc f ON f.oid = c.oid
LEFT JOIN pg_catalog.pg_depend d ON d.objid = f.oid AND d.deptype = 'e'::pg_catalog."char"
  AND d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass::pg_catalog.oid
LEFT JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
LEFT JOIN pg_catalog.pg_roles o ON o.oid = f.proowner
JOIN pg_catalog.pg_language l ON l.oid = f.prolang
UNION ALL
SELECT 'view', r.nspname::pg_catalog.text, r.relname::pg_catalog.text,
  (r.oid < '16384'::pg_catalog.oid)::pg_catalog.text, e.extname::pg_catalog.text,
  o.rolsuper::pg_catalog.text, NULL, pg_catalog.pg_get_viewdef(r.oid), NULL
FROM relations r
LEFT JOIN pg_catalog.pg_depend d ON d.objid = r.oid AND d.deptype = 'e'::pg_catalog."char"
  AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid
LEFT JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
LEFT JOIN pg_catalog.pg_roles o ON o.oid = r.relowner
WHERE r.relkind = 'v'::pg_catalog."char" AND r.oid >= '16384'::pg_catalog.oid
UNION ALL
SELECT 'domain', n.nspname::pg_catalog.text, t.typname::pg_catalog.text, 'false', NULL, NULL, NULL,
  pg_catalog.pg_get_expr(k.conbin, '0'::pg_catalog.oid), NULL
FROM types u JOIN pg_catalog.pg_type t ON t.oid = u.oid
JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
JOIN pg_catalog.pg_constraint k ON k.contypid = t.oid
WHERE k.conbin IS NOT NULL AND k.oid >= '16384'::pg_catalog.oid
UNION ALL
SELECT 'type', p.nspname::pg_catalog.text, t.typname::pg_catalog.text,
  (t.oid < '16384'::pg_catalog.oid)::pg_catalog.text, NULL, NULL, NULL, NULL, NULL
FROM places p JOIN pg_catalog.pg_type t ON t.typname = p.name AND t.typnamespace = p.namespace
WHERE p.kind = 'function'
UNION ALL
SELECT 'written', r.nspname::pg_catalog.text, r.relname::pg_catalog.text, 'true', NULL, NULL, NULL, NULL, NULL
FROM relations r WHERE r.kind = 'written' AND r.oid < '16384'::pg_catalog.oid
`;
