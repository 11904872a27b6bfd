import type { CheckResult, Finding } from "../finding.ts";
import type { Inspection } from "../inspection.ts";
import { OF_USERS } from "../schemas.ts";
import { count, counted, percent } from "../units.ts";
import { heldRows } from "./held-rows.ts";
import { wraparound } from "./wraparound.ts";

/** Smaller tables are not worth a word. */
const MANY_ROWS = 10_000;

interface Settings {
  readonly autovacuum: boolean;
  readonly counts: boolean;
  readonly dead: number;
  readonly live: number;
}

const SETTINGS = `
  SELECT current_setting('autovacuum')::bool AS autovacuum, current_setting('track_counts')::bool AS counts,
         coalesce(sum(n_dead_tup), 0) AS dead, coalesce(sum(n_live_tup), 0) AS live
  FROM pg_stat_user_tables`;

interface NeglectedTable {
  readonly table: string;
  readonly dead: number;
  readonly live: number;
  /** Dead rows at which autovacuum begins with this table. */
  readonly threshold: number;
  readonly enabled: boolean;
  readonly analysed: boolean;
  readonly vacuumed: string | null;
}

/** Options of a table win over the server's; since version 18 there is a most for the threshold. */
const NEGLECTED = `
  SELECT * FROM (
    SELECT c.oid::regclass::text AS table, t.n_dead_tup AS dead, t.n_live_tup AS live,
           coalesce(o.enabled, true) AS enabled, c.reltuples >= 0 AS analysed,
           date_trunc('second', greatest(t.last_vacuum, t.last_autovacuum))::text AS vacuumed,
           least(coalesce(o.base, current_setting('autovacuum_vacuum_threshold')::float8)
             + coalesce(o.scale, current_setting('autovacuum_vacuum_scale_factor')::float8) * greatest(c.reltuples, 0),
             nullif(current_setting('autovacuum_vacuum_max_threshold', true)::float8, -1)) AS threshold
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_stat_user_tables t ON t.relid = c.oid
    CROSS JOIN LATERAL (
      SELECT bool_and(option_value::bool) FILTER (WHERE option_name = 'autovacuum_enabled') AS enabled,
             max(option_value::float8) FILTER (WHERE option_name = 'autovacuum_vacuum_threshold') AS base,
             max(option_value::float8) FILTER (WHERE option_name = 'autovacuum_vacuum_scale_factor') AS scale
      FROM pg_options_to_table(c.reloptions)) o
    WHERE c.relkind IN ('r', 'm') AND ${OF_USERS}
  ) tables
  WHERE dead >= 2 * threshold + ${MANY_ROWS} OR live + dead >= ${MANY_ROWS} AND NOT (enabled AND analysed)
  ORDER BY dead DESC, 1 LIMIT 20`;

/** Looks whether dead rows are removed and old ones frozen in time. */
export async function checkVacuum(on: Inspection): Promise<CheckResult> {
  const [settings] = await on.rows<Settings>(SETTINGS);
  const { dead, live } = settings!;
  const old = await wraparound(on);
  const held = await heldRows(on);
  // A standby replays what its primary vacuums, and counts no rows.
  const neglected = on.standby ? [] : await on.rows<NeglectedTable>(NEGLECTED);
  const share = dead === 0 ? 0 : dead / (dead + live);
  return {
    summary: `${counted(dead, "dead row")} (${percent(share)} of all), ${old.summary}.`,
    findings: [
      ...old.findings,
      ...switchedOff(settings!),
      ...neglected.flatMap((table) => judge(table, settings!.autovacuum)),
      ...held,
    ],
  };
}

function switchedOff({ autovacuum, counts }: Settings): Finding[] {
  const off = [...(autovacuum ? [] : ["autovacuum"]), ...(counts ? [] : ["track_counts"])];
  return off.map((setting) => ({
    severity: "critical",
    object: setting,
    problem: `${setting} is off, so that no table is vacuumed or analysed by itself.`,
    advice: "Turn it on; tables with special needs can have settings of their own.",
    sql: `ALTER SYSTEM SET ${setting} = on; SELECT pg_reload_conf();`,
  }));
}

function judge(table: NeglectedTable, autovacuum: boolean): Finding[] {
  const { table: object, dead, live, threshold, enabled, analysed, vacuumed } = table;
  const last = vacuumed === null ? "never vacuumed" : `last vacuumed ${vacuumed}`;
  const rows = `${count(dead)} of its ${count(dead + live)} rows are dead`;
  if (!enabled) {
    return [
      {
        severity: "warning",
        object,
        problem: `Autovacuum is switched off for this table; ${rows}, ${last}.`,
        advice: "Let autovacuum work on it, unless something else vacuums it on schedule.",
        sql: `ALTER TABLE ${object} RESET (autovacuum_enabled); VACUUM (ANALYZE) ${object};`,
      },
    ];
  }
  if (dead >= 2 * threshold + MANY_ROWS) {
    return [
      {
        severity: "warning",
        object,
        problem: `Autovacuum is late: ${rows}, it should have begun at ${count(threshold)}; ${last}.`,
        advice:
          "Vacuum it, see whether something holds rows back, and let autovacuum work faster (autovacuum_vacuum_cost_limit, a smaller autovacuum_vacuum_scale_factor for this table).",
        sql: `VACUUM (ANALYZE) ${object};`,
      },
    ];
  }
  if (analysed) return [];
  return [
    {
      severity: autovacuum ? "info" : "warning",
      object,
      problem: `This table of about ${count(live)} rows has never been analysed, so that queries on it are planned by guesses.`,
      advice: "Analyse it, or give autovacuum a minute after a bulk load.",
      sql: `ANALYZE ${object};`,
    },
  ];
}
