import { withoutStrings } from "../../statement/without-strings.ts";
import { attempt, type Inspection } from "../inspection.ts";
import type { SortOrder } from "./sort-orders.ts";
import { findStatements, NoStatistics, type StatementView, statistic } from "./statistics.ts";

/** What one kind of statement cost since the statistics began. */
export interface StatementCost {
  /** Its text with `$1`, `$2` … for constants, `'…'` for other strings; absent where the role may not see it. */
  readonly query: string | null;
  readonly role: string;
  readonly calls: number;
  readonly totalMs: number;
  readonly meanMs: number;
  /** Rows a call, on average. */
  readonly rowsPerCall: number;
  /** Its part of what all statements of this database took, 0 to 1. */
  readonly timeShare: number;
  /** How many of the blocks it needed were in PostgreSQL's cache, 0 to 1; null when it needed none. */
  readonly cacheHits: number | null;
  /** Its part of all blocks read from cache or disk. */
  readonly blockShare: number;
  /** Its part of all blocks made dirty. */
  readonly dirtyShare: number;
  /** Its part of all WAL written. */
  readonly walShare: number;
  /** Blocks written to temporary files a call, which more `work_mem` would save. */
  readonly temporaryBlocksPerCall: number;
}

/** What the statements of a database cost, dearest first. */
export interface TopStatements {
  readonly statements: readonly StatementCost[];
  /** How many kinds of statement there are statistics of. */
  readonly known: number;
  /** When the counting began; null where the extension does not say. */
  readonly since: string | null;
  /** How often the least used were forgotten to make room. */
  readonly forgotten: number;
}

const ORDERS: Readonly<Record<SortOrder, string>> = {
  resources: `greatest("timeShare", "blockShare", "dirtyShare", "walShare")`,
  mean_time: `"meanMs"`,
  total_time: `"totalMs"`,
};

/**
 * The statements of this database that cost most, by the extension `pg_stat_statements`.
 * @throws {NoStatistics} when there are no statistics, with what to do about it
 */
export async function topStatements(
  inspection: Inspection,
  { sortBy, limit }: { readonly sortBy: SortOrder; readonly limit: number },
): Promise<TopStatements> {
  const view = await findStatements(inspection);
  const read = await attempt(inspection.session, () =>
    inspection.rows<StatementCost & { known: number }>(costs(view, ORDERS[sortBy]), [limit]),
  );
  if ("refusal" in read) {
    throw new NoStatistics(
      `The statistics of statements cannot be read (${read.refusal.message}); the administrator must put pg_stat_statements into shared_preload_libraries and restart PostgreSQL.`,
    );
  }
  const statements = read.value.map(({ known: _, query, ...cost }) => ({
    ...cost,
    query: query && withoutStrings(query),
  }));
  return { statements, known: read.value[0]?.known ?? 0, ...(await counting(inspection, view)) };
}

/** All costs in one go. Times are milliseconds, as the extension has them. */
function costs(view: StatementView, order: string): string {
  const has = (name: string) => statistic(view, name);
  return `
    SELECT *, count(*) OVER () AS known FROM (
      SELECT CASE WHEN s.query = '<insufficient privilege>' THEN NULL ELSE left(s.query, 20000) END AS query,
             pg_get_userbyid(s.userid) AS role,
             s.calls,
             ${has("total_exec_time")} AS "totalMs",
             ${has("mean_exec_time")} AS "meanMs",
             s.rows / greatest(s.calls, 1)::float8 AS "rowsPerCall",
             ${share(has("total_exec_time"))} AS "timeShare",
             s.shared_blks_hit / nullif(s.shared_blks_hit + s.shared_blks_read, 0)::float8 AS "cacheHits",
             ${share("s.shared_blks_hit + s.shared_blks_read")} AS "blockShare",
             ${share("s.shared_blks_dirtied")} AS "dirtyShare",
             ${share(has("wal_bytes"))} AS "walShare",
             s.temp_blks_written / greatest(s.calls, 1)::float8 AS "temporaryBlocksPerCall"
      FROM ${view.name} s
      WHERE s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
        ${view.columns.has("toplevel") ? "AND s.toplevel" : ""}
    ) costs
    ORDER BY ${order} DESC, "totalMs" DESC
    LIMIT $1`;
}

function share(amount: string): string {
  return `coalesce((${amount}) / nullif(sum(${amount}) OVER (), 0)::float8, 0)`;
}

/** Since when the extension counts; older versions do not say. */
async function counting(
  { session, rows }: Inspection,
  view: StatementView,
): Promise<Pick<TopStatements, "since" | "forgotten">> {
  const read = await attempt(session, () =>
    rows<{ since: string; forgotten: number }>(
      `SELECT date_trunc('second', stats_reset)::text AS since, dealloc AS forgotten FROM ${infoName(view)}`,
    ),
  );
  return ("value" in read && read.value[0]) || { since: null, forgotten: 0 };
}

/** The view beside it: `pg_stat_statements_info`, in the same schema. */
function infoName({ name }: StatementView): string {
  return `${name}_info`;
}
