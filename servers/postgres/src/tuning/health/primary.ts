import type { CheckResult, Finding } from "../finding.ts";
import type { Inspection } from "../inspection.ts";
import { bytes, counted, duration } from "../units.ts";

interface Standby {
  readonly name: string;
  readonly state: string | null;
  readonly lag: number | null;
  readonly seconds: number | null;
}

const GIGABYTE = 1_073_741_824;

/** Seconds a standby may be behind before it is worth a word. */
const LATE = 60;

const STANDBYS = `
  SELECT coalesce(nullif(application_name, ''), 'pid ' || pid) AS name, state,
         pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn) AS lag,
         extract(epoch FROM replay_lag)::float8 AS seconds
  FROM pg_stat_replication ORDER BY lag DESC NULLS LAST LIMIT 20`;

interface Settings {
  readonly synchronous: boolean;
  readonly inSync: number;
  readonly archiveFailing: boolean;
  readonly lastFailed: string | null;
}

/** An archive fails when its newest failure is younger than its newest success. */
const SETTINGS = `
  SELECT current_setting('synchronous_standby_names') <> '' AND current_setting('synchronous_commit') NOT IN ('off', 'local') AS synchronous,
         (SELECT count(*) FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum')) AS "inSync",
         current_setting('archive_mode') <> 'off' AND coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false) AS "archiveFailing",
         last_failed_wal AS "lastFailed"
  FROM pg_stat_archiver`;

/** Looks at a primary's standbys and at its archive. */
export async function checkPrimary(on: Inspection): Promise<CheckResult> {
  const standbys = await on.rows<Standby>(STANDBYS);
  const [settings] = await on.rows<Settings>(SETTINGS);
  const hidden = standbys.filter(({ state }) => state === null).length;
  return {
    summary: `Primary with ${counted(standbys.length, "standby", "standbys")}`,
    findings: [...standbys.flatMap(judge), ...waiting(settings!, hidden), ...archive(settings!)],
    ...(hidden > 0 && {
      unseen: `How far standbys are behind is hidden from ${on.role}; pg_read_all_stats would show it.`,
    }),
  };
}

function judge({ name, state, lag, seconds }: Standby): Finding[] {
  const behind = lag ?? 0;
  const late = (seconds ?? 0) >= LATE;
  if (state === null || (behind < GIGABYTE && !late)) return [];
  return [
    {
      severity: "warning",
      object: `standby ${name}`,
      problem: `It is ${bytes(behind)}${seconds === null ? "" : ` and ${duration(seconds)}`} behind (state ${state}).`,
      advice: "Look at its network, its disk, and at long queries there that hold replay up.",
    },
  ];
}

function waiting({ synchronous, inSync }: Settings, hidden: number): Finding[] {
  if (!synchronous || inSync > 0 || hidden > 0) return [];
  return [
    {
      severity: "critical",
      object: "synchronous_standby_names",
      problem: "Commits wait for a synchronous standby, and none is connected.",
      advice: "Bring the standby back, or do without it for now.",
      sql: "ALTER SYSTEM SET synchronous_standby_names = ''; SELECT pg_reload_conf();",
    },
  ];
}

function archive({ archiveFailing, lastFailed }: Settings): Finding[] {
  if (!archiveFailing) return [];
  return [
    {
      severity: "critical",
      object: "archive_command",
      problem: `Archiving of WAL fails, last for ${lastFailed}: the server keeps all of it until its disk is full, and backups have a gap.`,
      advice: "Find the reason in the server's log, and mend archive_command or its target.",
    },
  ];
}
