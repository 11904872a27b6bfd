// All names are qualified: the statement runs with its caller's search path.

const CLASS = "'pg_catalog.pg_class'::pg_catalog.regclass";
const ATTRDEF = "'pg_catalog.pg_attrdef'::pg_catalog.regclass";
const REWRITE = "'pg_catalog.pg_rewrite'::pg_catalog.regclass";

/** Columns that a rule names, each with the first that does, and whether one names its table without globs. */
const RULED = `
  SELECT c.oid, a.attname, a.attnum, pg_catalog.min(r.place) AS place, pg_catalog.bool_or(r.named) AS named
  FROM ROWS FROM (
    pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::text[]), pg_catalog.unnest($3::text[]),
    pg_catalog.unnest($5::bool[])
  ) WITH ORDINALITY r(in_schema, in_table, in_column, named, place)
  JOIN pg_catalog.pg_namespace n ON n.nspname LIKE r.in_schema
  JOIN pg_catalog.pg_class c
    ON c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relname LIKE r.in_table
  JOIN pg_catalog.pg_attribute a
    ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attname LIKE r.in_column
  WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_toast%'
  GROUP BY 1, 2, 3`;

/** The same for all tables of their inheritance trees: the rows of a partition are also read through its table. */
const RELATED = `
  SELECT oid, oid, attname, place FROM ruled
  UNION
  SELECT r.origin, CASE h.inhparent WHEN r.oid THEN h.inhrelid ELSE h.inhparent END, r.attname, r.place
  FROM related r JOIN pg_catalog.pg_inherits h ON r.oid IN (h.inhparent, h.inhrelid)`;

/** The first rule decides. */
const DECIDED = `
  SELECT DISTINCT ON (c.oid, a.attnum) c.oid, c.relname, n.nspname, a.attname, a.attnum, r.place
  FROM related r
  JOIN pg_catalog.pg_class c ON c.oid = r.oid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = r.attname AND NOT a.attisdropped
  ORDER BY c.oid, a.attnum, r.place`;

/** What is generated from a masked column is masked as well, unless it has a rule of its own. */
const MASKED = `
  SELECT oid, relname, nspname, attname, attnum, place FROM decided WHERE place <> ALL ($4::int8[])
  UNION ALL
  SELECT DISTINCT d.oid, d.relname, d.nspname, g.attname, g.attnum, NULL::int8
  FROM decided d
  JOIN pg_catalog.pg_depend p
    ON p.refclassid = ${CLASS} AND p.refobjid = d.oid AND p.refobjsubid = d.attnum
  LEFT JOIN pg_catalog.pg_attrdef f ON p.classid = ${ATTRDEF} AND f.oid = p.objid
  JOIN pg_catalog.pg_attribute g ON g.attrelid = d.oid AND g.attgenerated <> ''
    AND (g.attnum = f.adnum OR p.classid = ${CLASS} AND p.objid = d.oid AND g.attnum = p.objsubid)
  WHERE d.place <> ALL ($4::int8[])
    AND NOT EXISTS (SELECT FROM decided o WHERE o.oid = d.oid AND o.attnum = g.attnum)`;

// A view that takes whole rows depends on no column; they are the only `.*` left in its definition.
const SHOWN = `
  SELECT w.ev_class
  FROM masked m
  JOIN pg_catalog.pg_depend d ON d.refclassid = ${CLASS} AND d.refobjid = m.oid AND d.classid = ${REWRITE}
  JOIN pg_catalog.pg_rewrite w ON w.oid = d.objid AND w.ev_class <> m.oid
  WHERE (d.refobjsubid = m.attnum
      OR d.refobjsubid = 0 AND pg_catalog.pg_get_viewdef(w.ev_class) LIKE '%.*%')
    AND w.ev_class NOT IN (SELECT oid FROM ruled WHERE named)
  UNION
  SELECT w.ev_class
  FROM shown s
  JOIN pg_catalog.pg_depend d ON d.refclassid = ${CLASS} AND d.refobjid = s.oid AND d.classid = ${REWRITE}
  JOIN pg_catalog.pg_rewrite w ON w.oid = d.objid AND w.ev_class <> s.oid
  WHERE w.ev_class NOT IN (SELECT oid FROM ruled WHERE named)`;

/**
 * Finds masked columns, and the views that show one although no rule names them. Takes the patterns of schemas, tables
 * and columns, the places (from 1) of the rules that mask nothing, and which rules name a table without globs.
 */
export const MASKED_COLUMNS: string = `
WITH RECURSIVE ruled AS (${RULED}),
related(origin, oid, attname, place) AS (${RELATED}),
decided AS (${DECIDED}),
masked AS (${MASKED}),
shown(oid) AS (${SHOWN})
SELECT pg_catalog.json_build_object('relation', m.oid::text, 'column', m.attnum, 'schema', m.nspname,
  'name', m.relname, 'attribute', m.attname, 'place', m.place)
FROM masked m
UNION ALL
SELECT pg_catalog.json_build_object('schema', n.nspname, 'name', c.relname)
FROM shown s
JOIN pg_catalog.pg_class c ON c.oid = s.oid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace`;
