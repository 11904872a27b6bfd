import type { CheckResult, Finding } from "../finding.ts";
import type { Inspection } from "../inspection.ts";
import { OF_USERS } from "../schemas.ts";
import { count, counted } from "../units.ts";

/** Smaller tables are read whole in no time, with or without an index. */
const MANY_ROWS = 10_000;

interface Unvalidated {
  readonly constraint: string;
  readonly table: string;
  readonly kind: string;
}

/** Since version 18 a constraint may be not enforced: that is a choice, and no neglect. */
const UNVALIDATED = `
  SELECT quote_ident(k.conname) AS constraint, k.conrelid::regclass::text AS table,
         CASE k.contype WHEN 'f' THEN 'foreign key' WHEN 'c' THEN 'check' WHEN 'n' THEN 'not-null' ELSE 'domain' END AS kind
  FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace
  WHERE NOT k.convalidated AND k.conrelid <> 0 AND ${OF_USERS}
    AND coalesce(to_jsonb(k) ->> 'conenforced', 'true') = 'true'
    AND k.conparentid = 0
  ORDER BY 2, 1 LIMIT 20`;

interface Unindexed {
  readonly constraint: string;
  readonly table: string;
  readonly partitioned: boolean;
  readonly columns: string;
  readonly referenced: string;
  readonly rows: number;
  readonly changes: number;
}

/** An index serves a foreign key when its first columns are those of the key, in any order. */
const UNINDEXED = `
  SELECT quote_ident(k.conname) AS constraint, k.conrelid::regclass::text AS table,
         k.confrelid::regclass::text AS referenced, c.relkind = 'p' AS partitioned, greatest(c.reltuples, t.n_live_tup, 0)::int8 AS rows,
         coalesce(r.n_tup_del + r.n_tup_upd, 0) AS changes,
         (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY place)
          FROM unnest(k.conkey) WITH ORDINALITY AS keys(number, place)
          JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = keys.number) AS columns
  FROM pg_constraint k
  JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_stat_user_tables t ON t.relid = k.conrelid
  LEFT JOIN pg_stat_user_tables r ON r.relid = k.confrelid
  WHERE k.contype = 'f' AND k.conparentid = 0 AND ${OF_USERS}
    AND NOT EXISTS (
      SELECT FROM pg_index i
      WHERE i.indrelid = k.conrelid AND i.indisvalid AND i.indpred IS NULL
        AND (string_to_array(i.indkey::text, ' ')::int2[])[1:cardinality(k.conkey)] @> k.conkey)
  ORDER BY rows DESC, 2, 1 LIMIT 200`;

/** Looks for constraints that were never checked against all rows, and foreign keys that make deletes slow. */
export async function checkConstraints(on: Inspection): Promise<CheckResult> {
  const unvalidated = await on.rows<Unvalidated>(UNVALIDATED);
  const unindexed = await on.rows<Unindexed>(UNINDEXED);
  const large = unindexed.filter(({ rows }) => rows >= MANY_ROWS);
  const small = unindexed.length - large.length;
  const [all] = await on.rows<{ count: number }>(
    `SELECT count(*) AS count FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace WHERE ${OF_USERS}`,
  );
  const remark =
    small > 0
      ? `; ${counted(small, "foreign key")} without an index ${small === 1 ? "is" : "are"} on tables too small to matter`
      : "";
  return {
    summary: `${counted(all!.count, "constraint")}${remark}.`,
    findings: [
      ...unvalidated.map(describeUnvalidated),
      ...large.slice(0, 20).map(describeUnindexed),
    ],
  };
}

function describeUnvalidated({ constraint, table, kind }: Unvalidated): Finding {
  return {
    severity: "warning",
    object: `${table} ${constraint}`,
    problem: `This ${kind} constraint was added NOT VALID and never validated: rows from before may break it.`,
    advice: "Validate it; this reads the table once and does not stop writes.",
    sql: `ALTER TABLE ${table} VALIDATE CONSTRAINT ${constraint};`,
  };
}

function describeUnindexed(key: Unindexed): Finding {
  const { constraint, table, partitioned, columns, referenced, rows, changes } = key;
  return {
    // Nobody has waited for it yet where no referenced row was ever deleted or updated.
    severity: changes > 0 ? "warning" : "info",
    object: `${table} ${constraint}`,
    problem: `No index begins with the columns (${columns}) of this foreign key: each DELETE from ${referenced}, or change of its key, reads all ${count(rows)} rows of ${table}; ${count(changes)} rows of ${referenced} were deleted or updated so far.`,
    advice: "Create an index on them, unless rows of the referenced table are never deleted.",
    sql: `CREATE INDEX ${partitioned ? "" : "CONCURRENTLY "}ON ${table} (${columns});`,
  };
}
