import type { Finding } from "../finding.ts";
import type { Inspection } from "../inspection.ts";
import { OF_USERS } from "../schemas.ts";
import { bytes } from "../units.ts";
import { dropIndex } from "./drop-index.ts";

interface Redundant {
  readonly index: string;
  readonly keeper: string;
  readonly table: string;
  readonly partitioned: boolean;
  readonly bytes: number;
}

const MEGABYTE = 1_048_576;

/** What two indexes have in common that answer the same queries. Those of partitions follow their parent's. */
const INDEXES = `
  SELECT i.indexrelid, i.indrelid, i.indisunique, i.indisprimary, i.indisreplident, c.relam, i.indnkeyatts, c.relkind = 'I' AS partitioned,
         i.indkey::text AS keys, i.indclass::text AS classes, i.indcollation::text AS collations,
         i.indoption::text AS options, i.indnatts = i.indnkeyatts AS bare,
         coalesce(pg_get_expr(i.indexprs, i.indrelid), '') AS expressions,
         coalesce(pg_get_expr(i.indpred, i.indrelid), '') AS predicate,
         coalesce(to_jsonb(i) ->> 'indnullsnotdistinct', 'false') AS nulls,
         EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid) AS needed
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE i.indisvalid AND ${OF_USERS} AND NOT c.relispartition`;

/** Of equal ones, that is kept which does most: a primary key, a constraint's, a unique one. */
const DUPLICATES = `
  WITH indexes AS MATERIALIZED (${INDEXES}),
  ranked AS (
    SELECT *, row_number() OVER same AS rank, first_value(indexrelid) OVER same AS keeper,
           first_value(nulls) OVER same AS keeper_nulls
    FROM indexes
    WINDOW same AS (PARTITION BY indrelid, relam, indnkeyatts, keys, classes, collations, options, expressions, predicate
                    ORDER BY indisprimary DESC, needed DESC, indisreplident DESC, indisunique DESC, indexrelid))
  SELECT indexrelid::regclass::text AS index, keeper::regclass::text AS keeper, indrelid::regclass::text AS table,
         partitioned, coalesce(pg_relation_size(indexrelid), 0) AS bytes
  FROM ranked
  WHERE rank > 1 AND NOT needed AND NOT indisreplident AND (NOT indisunique OR nulls = keeper_nulls)
  ORDER BY bytes DESC, 1 LIMIT 20`;

/** A plain b-tree whose columns are the first ones of another. */
const COVERED = `
  WITH indexes AS MATERIALIZED (${INDEXES})
  SELECT s.indexrelid::regclass::text AS index, min(l.indexrelid::regclass::text) AS keeper,
         s.indrelid::regclass::text AS table, s.partitioned, pg_relation_size(s.indexrelid) AS bytes
  FROM indexes s JOIN indexes l ON l.indrelid = s.indrelid AND l.relam = s.relam
   AND l.indexrelid <> s.indexrelid AND l.indnkeyatts > s.indnkeyatts
   AND starts_with(l.keys, s.keys || ' ') AND starts_with(l.classes, s.classes || ' ')
   AND starts_with(l.collations, s.collations || ' ') AND starts_with(l.options, s.options || ' ')
  WHERE s.relam = (SELECT oid FROM pg_am WHERE amname = 'btree') AND s.bare AND NOT s.indisunique AND NOT s.needed
    AND NOT s.indisreplident AND s.predicate = '' AND s.expressions = '' AND l.predicate = '' AND l.expressions = ''
    AND pg_relation_size(s.indexrelid) >= ${MEGABYTE}
  GROUP BY s.indexrelid, s.indrelid, s.partitioned
  ORDER BY bytes DESC, 1 LIMIT 20`;

/** Indexes that do nothing another one does not: equal ones, and those whose columns begin a longer one. */
export async function duplicateIndexes(on: Inspection): Promise<Finding[]> {
  const [equal, covered] = [
    await on.rows<Redundant>(DUPLICATES),
    await on.rows<Redundant>(COVERED),
  ];
  return [
    ...equal.map(
      ({ index, keeper, table, partitioned, bytes: size }): Finding => ({
        severity: size >= 10 * MEGABYTE ? "warning" : "info",
        object: index,
        problem: `This index of ${table} (${bytes(size)}) is the same as ${keeper}.`,
        advice: "Drop it: every write keeps both up to date, and one would do.",
        sql: dropIndex(index, partitioned),
      }),
    ),
    ...covered.map(
      ({ index, keeper, table, partitioned, bytes: size }): Finding => ({
        severity: "info",
        object: index,
        problem: `The columns of this index of ${table} (${bytes(size)}) are the first ones of ${keeper}, which can stand in for it.`,
        advice: "Consider dropping it; queries that read only this one will read a larger index.",
        sql: dropIndex(index, partitioned),
      }),
    ),
  ];
}
