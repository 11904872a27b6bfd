import { withoutStrings } from "../../statement/without-strings.ts";
import { type CheckResult, type Finding, severityOf } from "../finding.ts";
import type { Inspection } from "../inspection.ts";
import { counted, duration, oneLine, percent } from "../units.ts";

/** Seconds after which something counts as long. */
export interface ConnectionLimits {
  readonly idleInTransaction: number;
  readonly running: number;
  readonly prepared: number;
}

const LIMITS: ConnectionLimits = { idleInTransaction: 300, running: 600, prepared: 3_600 };

interface Places {
  readonly used: number;
  readonly most: number;
  readonly active: number;
  readonly hidden: number;
}

interface LongSession {
  readonly pid: number;
  readonly role: string;
  readonly application: string;
  readonly idle: boolean;
  readonly seconds: number;
  readonly query: string;
}

/**
 * What is left to ordinary roles: superusers have places of their own, and so have others since version 16. Of a
 * session that is hidden from us only its user and database are known.
 */
const PLACES = `
  SELECT count(*) FILTER (WHERE client) AS used,
         count(*) FILTER (WHERE client AND state = 'active') AS active,
         count(*) FILTER (WHERE backend_type IS NULL AND client) AS hidden,
         current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
           - coalesce(current_setting('reserved_connections', true), '0')::int AS most
  FROM (SELECT *, coalesce(backend_type = 'client backend', usesysid IS NOT NULL AND datid IS NOT NULL) AS client FROM pg_stat_activity) sessions`;

const LONG = `
  SELECT pid, usename AS role, application_name AS application, state <> 'active' AS idle,
         extract(epoch FROM clock_timestamp() - CASE WHEN state = 'active' THEN query_start ELSE state_change END)::float8 AS seconds,
         left(query, 1000) AS query
  FROM pg_stat_activity
  WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
    AND (state LIKE 'idle in transaction%' AND clock_timestamp() - state_change >= make_interval(secs => $1)
      OR state = 'active' AND clock_timestamp() - query_start >= make_interval(secs => $2))
  ORDER BY seconds DESC LIMIT 20`;

const PREPARED = `
  SELECT gid, owner AS role, extract(epoch FROM now() - prepared)::float8 AS seconds
  FROM pg_prepared_xacts
  WHERE database = current_database() AND now() - prepared >= make_interval(secs => $1)
  ORDER BY prepared LIMIT 20`;

/** Looks for connections running out, and for those that keep others waiting. */
export async function checkConnections(
  on: Inspection,
  limits: ConnectionLimits = LIMITS,
): Promise<CheckResult> {
  const [places] = await on.rows<Places>(PLACES);
  const { used, most, active, hidden } = places!;
  const long = await on.rows<LongSession>(LONG, [limits.idleInTransaction, limits.running]);
  const prepared = await on.rows<{ gid: string; role: string; seconds: number }>(PREPARED, [
    limits.prepared,
  ]);
  return {
    summary: `${used} of ${counted(most, "connection")} used (${percent(used / most)}), ${active} active.`,
    findings: [
      ...crowding(places!),
      ...long.map(overlong),
      ...prepared.map(({ gid, role, seconds }) => forgotten(gid, role, seconds)),
    ],
    ...(!on.seesAll &&
      hidden > 0 && {
        unseen: `What ${counted(hidden, "session")} of other roles do is hidden from ${on.role}; pg_read_all_stats would show it.`,
      }),
  };
}

function crowding({ used, most }: Places): Finding[] {
  const severity = severityOf(used / most, { critical: 0.95, warning: 0.8 });
  if (severity === undefined) return [];
  return [
    {
      severity,
      object: "max_connections",
      problem: `${used} of ${most} connections are in use; new ones will soon be refused.`,
      advice:
        "Put a pooler such as pgbouncer before the database or make the pools of its clients smaller, before raising max_connections.",
    },
  ];
}

function overlong({ pid, role, application, idle, seconds, query }: LongSession): Finding {
  const who = `Session ${pid} (${[role, application].filter(Boolean).join(", ")})`;
  const statement = `"${oneLine(withoutStrings(query), 120)}"`;
  if (!idle) {
    return {
      severity: seconds >= 3_600 ? "warning" : "info",
      object: `pid ${pid}`,
      problem: `${who} has been running one statement for ${duration(seconds)}: ${statement}.`,
      advice:
        "Cancel it if nobody waits for it; while it runs, VACUUM cannot remove rows deleted since it began.",
      sql: `SELECT pg_cancel_backend(${pid});`,
    };
  }
  return {
    severity: seconds >= 3_600 ? "critical" : "warning",
    object: `pid ${pid}`,
    problem: `${who} has been idle inside a transaction for ${duration(seconds)}, keeping its locks; last statement: ${statement}.`,
    advice:
      "End it, mend the application that forgot to commit, and set idle_in_transaction_session_timeout.",
    sql: `SELECT pg_terminate_backend(${pid});`,
  };
}

function forgotten(gid: string, role: string, seconds: number): Finding {
  return {
    severity: "critical",
    object: `prepared transaction ${gid}`,
    problem: `A transaction of ${role} has been prepared for ${duration(seconds)} and neither committed nor rolled back; it keeps its locks over restarts.`,
    advice: "Ask the transaction manager what became of it, then end it.",
    sql: `ROLLBACK PREPARED '${gid.replaceAll("'", "''")}'; -- or COMMIT PREPARED`,
  };
}
