import type { Finding } from "../finding.ts";
import type { Inspection } from "../inspection.ts";
import { OF_USERS } from "../schemas.ts";
import { bytes, count, counted, duration } from "../units.ts";
import { dropIndex } from "./drop-index.ts";

/** What an index must be to be worth dropping for not being used. */
export interface UnusedLimits {
  /** Since how many days there must be statistics: some indexes are for what happens once a month. */
  readonly days: number;
  /** Smaller ones cost too little to talk about. */
  readonly bytes: number;
}

const LIMITS: UnusedLimits = { days: 7, bytes: 1_048_576 };

interface UnusedIndex {
  readonly index: string;
  readonly table: string;
  readonly partitioned: boolean;
  readonly bytes: number;
  readonly writes: number;
}

/**
 * Counters begin again when somebody resets them and after a crash; the archiver's time of reset tells of crashes.
 */
const AGE = `
  SELECT extract(epoch FROM now() - greatest(d.stats_reset, a.stats_reset))::float8 AS seconds
  FROM pg_stat_database d, pg_stat_archiver a WHERE d.datname = current_database()`;

/** Partitions share one index: it is unused when all its parts are. */
const UNUSED = `
  SELECT root.index::regclass::text AS index, c.relkind = 'I' AS partitioned, min(i.indrelid)::regclass::text AS table,
         sum(pg_relation_size(u.indexrelid)) AS bytes, sum(t.n_tup_ins + t.n_tup_upd + t.n_tup_del) AS writes
  FROM pg_stat_user_indexes u
  JOIN pg_stat_user_tables t ON t.relid = u.relid
  CROSS JOIN LATERAL (SELECT coalesce(pg_partition_root(u.indexrelid), u.indexrelid)::oid AS index) root
  JOIN pg_index i ON i.indexrelid = root.index
  JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE i.indisvalid AND NOT i.indisunique AND NOT i.indisexclusion AND NOT i.indisreplident AND ${OF_USERS}
    AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)
  GROUP BY root.index, c.relkind
  HAVING sum(u.idx_scan) = 0 AND sum(pg_relation_size(u.indexrelid)) >= $1
  ORDER BY bytes DESC, 1 LIMIT 20`;

/** Indexes that no query has used, and a remark where it is too early to say. */
export async function unusedIndexes(
  on: Inspection,
  limits: UnusedLimits = LIMITS,
): Promise<{ readonly findings: Finding[]; readonly remark?: string }> {
  const [age] = await on.rows<{ seconds: number | null }>(AGE);
  const seconds = age?.seconds ?? 0;
  const unused = await on.rows<UnusedIndex>(UNUSED, [limits.bytes]);
  if (unused.length === 0) return { findings: [] };
  if (seconds < limits.days * 86_400) {
    const remark = `${counted(unused.length, "of them has", "of them have")} not been used yet, but the statistics are only ${duration(seconds)} old, too young to judge`;
    return { findings: [], remark };
  }
  return { findings: unused.map((index) => describe(index, seconds)) };
}

function describe(
  { index, table, partitioned, bytes: size, writes }: UnusedIndex,
  seconds: number,
): Finding {
  return {
    severity: size >= 100 * LIMITS.bytes ? "warning" : "info",
    object: index,
    problem: `No query here has used this index of ${table} (${bytes(size)}) in ${duration(seconds)}, while ${count(writes)} rows were written.`,
    advice: "Drop it, if no standby uses it and no rare report needs it.",
    sql: dropIndex(index, partitioned),
  };
}
