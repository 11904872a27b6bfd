import type { CheckResult, Finding } from "../finding.ts";
import type { Inspection } from "../inspection.ts";
import { bytes, duration } from "../units.ts";

interface Replay {
  readonly paused: boolean;
  /** Bytes received and not replayed yet. */
  readonly pending: number | null;
  /** Seconds since the last transaction that was replayed was committed. */
  readonly seconds: number | null;
  /** `streaming` when connected; absent when it is not, or hidden. */
  readonly receiver: string | null;
  readonly receiving: boolean;
  readonly configured: boolean;
}

const REPLAY = `
  SELECT pg_is_wal_replay_paused() AS paused,
         greatest(0, pg_wal_lsn_diff(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())) AS pending,
         extract(epoch FROM now() - pg_last_xact_replay_timestamp())::float8 AS seconds,
         (SELECT status FROM pg_stat_wal_receiver) AS receiver,
         EXISTS (SELECT FROM pg_stat_wal_receiver) AS receiving,
         EXISTS (SELECT FROM pg_stat_wal_receiver) OR coalesce(current_setting('primary_conninfo', true), '') <> '' AS configured`;

/** Looks whether a standby still follows its primary. */
export async function checkStandby(on: Inspection): Promise<CheckResult> {
  const [replay] = await on.rows<Replay>(REPLAY);
  const { pending, seconds } = replay!;
  const age = seconds === null ? "" : `, last replayed transaction ${duration(seconds)} old`;
  return {
    summary: `Standby with ${bytes(pending ?? 0)} to replay${age}`,
    findings: [...paused(replay!), ...cut(replay!), ...slow(replay!)],
  };
}

function paused({ paused: isPaused }: Replay): Finding[] {
  if (!isPaused) return [];
  return [
    {
      severity: "warning",
      object: "replay",
      problem: "Replay is paused: this standby shows old data, and its WAL piles up.",
      advice: "Let it go on, unless somebody paused it on purpose.",
      sql: "SELECT pg_wal_replay_resume();",
    },
  ];
}

function cut({ receiving, configured }: Replay): Finding[] {
  if (receiving || !configured) return [];
  return [
    {
      severity: "critical",
      object: "WAL receiver",
      problem: "This standby is not connected to its primary.",
      advice:
        "See the server's log, primary_conninfo and whether the primary still has the WAL it needs.",
    },
  ];
}

function slow({ pending, paused: isPaused }: Replay): Finding[] {
  if (isPaused || (pending ?? 0) < 1_073_741_824) return [];
  return [
    {
      severity: "warning",
      object: "replay",
      problem: `${bytes(pending!)} of WAL wait to be replayed.`,
      advice:
        "Look for long queries here that conflict with replay (max_standby_streaming_delay), and at the disk.",
    },
  ];
}
