import { withoutStrings } from "../../statement/without-strings.ts";
import type { Inspection } from "../inspection.ts";

/** A session that waits for a lock, or that others wait for. */
export interface LockSession {
  /** `0` stands for a prepared transaction, which has no session. */
  readonly pid: number;
  /** Absent where they are hidden from this role, or there is none. */
  readonly role: string | null;
  readonly application: string | null;
  /** `active`, `idle in transaction`, …; absent where it is hidden. */
  readonly state: string | null;
  /** The statement that runs, or ran last, without its strings. */
  readonly query: string | null;
  /** Seconds since its transaction began. */
  readonly transactionSeconds: number | null;
  /** What it waits for; absent when it waits for no lock. */
  readonly wait: LockWait | null;
  /** Whom it waits for, as the server says: those that hold what it wants, and those before it in the queue. */
  readonly blockedBy: readonly number[];
}

/** A lock that somebody asked for and has not got. */
export interface LockWait {
  /** `ShareLock`, `AccessExclusiveLock`, … */
  readonly mode: string;
  /** What is locked: a table, a row of one, the end of a transaction. */
  readonly on: string;
  /** Seconds since it was asked for; absent in the moment it was. */
  readonly seconds: number | null;
}

/** More waiting sessions than this are more than anybody reads. */
const MOST_WAITING = 200;

/**
 * Only those who wait are asked whom they wait for: each asking holds up all locks for a moment. A tuple's number is
 * within its page.
 */
const SESSIONS = `
  WITH waiting AS MATERIALIZED (
    SELECT DISTINCT ON (pid) pid, mode, locktype,
           CASE WHEN locktype IN ('relation', 'extend', 'page', 'tuple') THEN locktype || ' ' || coalesce(
                  CASE WHEN database IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
                       THEN relation::regclass::text END, 'of another database')
                WHEN locktype = 'transactionid' THEN 'the end of transaction ' || transactionid
                WHEN locktype = 'advisory' THEN 'advisory lock ' || classid || ',' || objid
                ELSE locktype END AS on,
           extract(epoch FROM clock_timestamp() - waitstart)::float8 AS seconds
    FROM pg_locks WHERE NOT granted ORDER BY pid, waitstart LIMIT ${MOST_WAITING}),
  blocked AS MATERIALIZED (SELECT pid, pg_blocking_pids(pid) AS by FROM waiting),
  pids AS (SELECT pid FROM waiting UNION SELECT unnest(by) FROM blocked)
  SELECT p.pid, a.usename AS role, a.application_name AS application, a.state,
         CASE WHEN a.query <> '<insufficient privilege>' THEN left(a.query, 2000) END AS query,
         extract(epoch FROM clock_timestamp() - a.xact_start)::float8 AS "transactionSeconds",
         CASE WHEN w.pid IS NOT NULL THEN json_build_object('mode', w.mode, 'on', w.on, 'seconds', w.seconds) END AS wait,
         coalesce((SELECT array_agg(DISTINCT x ORDER BY x) FROM unnest(b.by) x), '{}') AS "blockedBy"
  FROM pids p LEFT JOIN waiting w USING (pid) LEFT JOIN blocked b USING (pid) LEFT JOIN pg_stat_activity a USING (pid)
  ORDER BY w.seconds DESC NULLS LAST, p.pid`;

/** All sessions that wait for locks, and all they wait for. */
export async function lockSessions(on: Inspection): Promise<readonly LockSession[]> {
  const sessions = await on.rows<LockSession>(SESSIONS);
  return sessions.map(({ query, ...session }) => ({
    ...session,
    query: query && withoutStrings(query),
  }));
}
