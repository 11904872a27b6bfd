import { type CheckResult, type Finding, severityOf } from "../finding.ts";
import type { Inspection } from "../inspection.ts";
import { counted, percent } from "../units.ts";

interface SequenceUse {
  readonly sequence: string;
  /** The column it numbers; absent where it numbers none. */
  readonly column: string | null;
  readonly columnType: string | null;
  readonly last: string;
  readonly limit: string;
  /** How much of what it can give is gone, 0 to 1. */
  readonly used: number;
}

/**
 * A column may end before its sequence does, as an integer that a bigint sequence numbers. Sequences that start over
 * do not end.
 */
const SEQUENCES = `
  WITH numbered AS (
    SELECT s.seqrelid, s.seqincrement, s.seqstart,
           pg_sequence_last_value(s.seqrelid) AS last,
           a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod) AS type,
           CASE WHEN s.seqincrement > 0
             THEN least(s.seqmax, CASE a.atttypid WHEN 'int2'::regtype THEN 32767 WHEN 'int4'::regtype THEN 2147483647 END)
             ELSE greatest(s.seqmin, CASE a.atttypid WHEN 'int2'::regtype THEN -32768 WHEN 'int4'::regtype THEN -2147483648 END)
           END AS ending
    FROM pg_sequence s
    JOIN pg_class c ON c.oid = s.seqrelid
    LEFT JOIN LATERAL (
      SELECT d.refobjid AS relation, d.refobjsubid AS number FROM pg_depend d
      WHERE d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid AND d.refclassid = 'pg_class'::regclass
        AND d.deptype IN ('a', 'i')
      UNION
      SELECT f.adrelid, f.adnum FROM pg_depend d JOIN pg_attrdef f ON f.oid = d.objid
      WHERE d.classid = 'pg_attrdef'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = s.seqrelid
    ) target ON true
    LEFT JOIN pg_attribute a ON a.attrelid = target.relation AND a.attnum = target.number
    WHERE NOT s.seqcycle AND c.relpersistence <> 't'
      AND has_sequence_privilege(s.seqrelid, 'SELECT,USAGE'))
  SELECT seqrelid::regclass::text AS sequence, attrelid::regclass || '.' || quote_ident(attname) AS column,
         type AS "columnType", last::text AS last, ending::text AS limit,
         greatest(0, (last::numeric - seqstart) / nullif(ending::numeric - seqstart, 0))::float8 AS used
  FROM numbered WHERE last IS NOT NULL
  ORDER BY used DESC NULLS LAST LIMIT 20`;

const COUNTS = `
  SELECT count(*) AS all, count(*) FILTER (WHERE NOT has_sequence_privilege(s.seqrelid, 'SELECT,USAGE')) AS hidden
  FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid WHERE c.relpersistence <> 't'`;

/** Looks for sequences that will soon have no number left, or none their column can hold. */
export async function checkSequences(on: Inspection): Promise<CheckResult> {
  const [counts] = await on.rows<{ all: number; hidden: number }>(COUNTS);
  const { all, hidden } = counts!;
  const fullest = await on.rows<SequenceUse>(SEQUENCES);
  const worst = fullest[0];
  const head =
    worst === undefined ? "" : `; the fullest, ${worst.sequence}, is at ${percent(worst.used)}`;
  return {
    summary: `${counted(all, "sequence")}${head}.`,
    findings: fullest.flatMap(judge),
    ...(hidden > 0 && {
      unseen: `${counted(hidden, "sequence")} could not be read by ${on.role}, which needs SELECT on them.`,
    }),
  };
}

function judge({ sequence, column, columnType, last, limit, used }: SequenceUse): Finding[] {
  const severity = severityOf(used, { critical: 0.9, warning: 0.75 });
  if (severity === undefined) return [];
  const where = column === null ? "" : ` of ${column} (${columnType})`;
  const narrow = columnType === "integer" || columnType === "smallint";
  return [
    {
      severity,
      object: sequence,
      problem: `This sequence${where} has reached ${last} of ${limit} (${percent(used)}); inserts fail once it is used up.`,
      advice: narrow
        ? "Make the column and the sequence bigint; this rewrites the table under a lock, so plan it, and change columns that refer to it too."
        : "Give the sequence a wider range.",
      sql: narrow ? widen(column!, sequence) : `ALTER SEQUENCE ${sequence} AS bigint NO MAXVALUE;`,
    },
  ];
}

function widen(column: string, sequence: string): string {
  const dot = column.search(/\.("([^"]|"")*"|[^."]*)$/);
  const [table, name] = [column.slice(0, dot), column.slice(dot + 1)];
  return `ALTER TABLE ${table} ALTER COLUMN ${name} TYPE bigint; ALTER SEQUENCE ${sequence} AS bigint NO MAXVALUE;`;
}
