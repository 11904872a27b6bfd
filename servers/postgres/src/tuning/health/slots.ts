import { type Finding, severityOf } from "../finding.ts";
import type { Inspection } from "../inspection.ts";
import { bytes, counted } from "../units.ts";

interface Slot {
  readonly name: string;
  readonly active: boolean;
  readonly retained: number | null;
  /** `reserved`, `extended`, `unreserved` or `lost`. */
  readonly status: string | null;
}

const GIGABYTE = 1_073_741_824;

const SLOTS = `
  SELECT slot_name AS name, active, wal_status AS status,
         pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END, restart_lsn) AS retained
  FROM pg_replication_slots ORDER BY retained DESC NULLS LAST, 1 LIMIT 20`;

/** Looks for replication slots that make the server keep WAL until its disk is full. */
export async function checkSlots(
  on: Inspection,
): Promise<{ readonly summary: string; readonly findings: Finding[] }> {
  const slots = await on.rows<Slot>(SLOTS);
  return { summary: counted(slots.length, "replication slot"), findings: slots.flatMap(judge) };
}

function judge({ name, active, retained, status }: Slot): Finding[] {
  const object = `replication slot ${name}`;
  const sql = `SELECT pg_drop_replication_slot('${name}');`;
  if (status === "lost") {
    return [
      {
        severity: "critical",
        object,
        problem: "The WAL this slot needs is gone: whoever reads from it cannot go on.",
        advice: "Build its reader anew, and drop the slot.",
        sql,
      },
    ];
  }
  const kept = retained ?? 0;
  if (!active) {
    return [
      {
        severity: severityOf(kept, { critical: 10 * GIGABYTE, warning: GIGABYTE }) ?? "info",
        object,
        problem: `Nobody reads from this slot, and the server keeps ${bytes(kept)} of WAL for it, more with every write.`,
        advice:
          "Start its reader again, or drop the slot before the disk is full; max_slot_wal_keep_size bounds what slots keep.",
        sql,
      },
    ];
  }
  const severity = severityOf(kept, { warning: 10 * GIGABYTE });
  if (severity === undefined && status !== "unreserved") return [];
  return [
    {
      severity: severity ?? "warning",
      object,
      problem: `The reader of this slot is ${bytes(kept)} behind${status === "unreserved" ? ", and what it needs may be removed at the next checkpoint" : ""}.`,
      advice: "See why its reader is slow.",
    },
  ];
}
