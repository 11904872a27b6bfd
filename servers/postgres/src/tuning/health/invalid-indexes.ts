import type { Finding } from "../finding.ts";
import type { Inspection } from "../inspection.ts";
import { OF_USERS } from "../schemas.ts";
import { bytes } from "../units.ts";

interface InvalidIndex {
  readonly index: string;
  readonly table: string;
  readonly name: string;
  readonly partitioned: boolean;
  readonly bytes: number;
}

/** Those being built right now are invalid too, and nothing is wrong with them; ordinary roles see no table there. */
const INVALID = `
  SELECT i.indexrelid::regclass::text AS index, i.indrelid::regclass::text AS table, c.relname AS name,
         c.relkind = 'I' AS partitioned, coalesce(pg_relation_size(c.oid), 0) AS bytes
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE NOT (i.indisvalid AND i.indisready AND i.indislive) AND ${OF_USERS}
    AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index p
                    WHERE p.datname = current_database() AND (p.relid = i.indrelid OR p.relid IS NULL))
  ORDER BY pg_relation_size(c.oid) DESC NULLS LAST LIMIT 20`;

/** Indexes that a failed CREATE INDEX CONCURRENTLY or REINDEX CONCURRENTLY left: every write pays, no query gains. */
export async function invalidIndexes(on: Inspection): Promise<Finding[]> {
  return (await on.rows<InvalidIndex>(INVALID)).map(describe);
}

function describe({ index, table, name, partitioned, bytes: size }: InvalidIndex): Finding {
  if (partitioned) {
    return {
      severity: "warning",
      object: index,
      problem: `This index of the partitioned table ${table} is invalid: not every partition has its part of it.`,
      advice:
        "Create the missing indexes on the partitions and attach them (ALTER INDEX … ATTACH PARTITION).",
    };
  }
  const leftover = /_cc(new|old)\d*$/.test(name);
  return {
    severity: "warning",
    object: index,
    problem: `This index of ${table} (${bytes(size)}) is invalid: no query uses it, and writes may still pay for it.`,
    advice: leftover
      ? "A REINDEX CONCURRENTLY left it behind; drop it."
      : "Its concurrent build failed; build it again, or drop it.",
    sql: leftover ? `DROP INDEX CONCURRENTLY ${index};` : `REINDEX INDEX CONCURRENTLY ${index};`,
  };
}
