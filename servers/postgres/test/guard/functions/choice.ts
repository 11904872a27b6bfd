import { hazard } from "../../../src/guard/functions/hazards.ts";

/** A function as `pg_proc` describes it. */
export interface Described {
  readonly name: string;
  /** `i`, `s` or `v`. */
  readonly volatility: string;
  /** Takes or gives what SQL has no values of: `internal`, `cstring`, `trigger`, … */
  readonly internal: boolean;
}

/** Volatile, that is: another answer each time. Read, and found to do nothing but answer. */
const ANSWERING = new Set(
  [
    // The time, and chance.
    "clock_timestamp timeofday random random_normal gen_random_uuid uuidv4 uuidv7 array_sample array_shuffle",
    // The session.
    "current_query currval lastval",
    // Sizes.
    "pg_relation_size pg_table_size pg_indexes_size pg_total_relation_size pg_database_size pg_tablespace_size",
    // Who waits for whom.
    "pg_blocking_pids pg_safe_snapshot_blocking_pids pg_isolation_test_session_is_blocked pg_lock_status",
    "pg_notification_queue_usage pg_prepared_xact pg_get_wait_events",
    // The log of changes, and replication.
    "pg_is_in_recovery pg_is_wal_replay_paused pg_get_wal_replay_pause_state pg_last_wal_receive_lsn",
    "pg_last_wal_replay_lsn pg_last_xact_replay_timestamp pg_current_wal_lsn pg_current_wal_insert_lsn",
    "pg_current_wal_flush_lsn pg_get_wal_resource_managers pg_available_wal_summaries pg_wal_summary_contents",
    "pg_get_wal_summarizer_state pg_replication_origin_progress pg_show_replication_origin_status",
    // Transactions.
    "pg_xact_status txid_status pg_xact_commit_timestamp pg_xact_commit_timestamp_origin pg_last_committed_xact",
    // The catalogue.
    "pg_partition_tree pg_partition_ancestors pg_sequence_last_value pg_get_sequence_data",
    "pg_collation_actual_version pg_database_collation_actual_version",
    // The server.
    "pg_control_checkpoint pg_control_init pg_control_recovery pg_control_system pg_jit_available",
    "pg_get_backend_memory_contexts pg_get_shmem_allocations pg_stat_have_stats",
  ].flatMap((line) => line.split(" ")),
);

/** Also `pg_stat_get_…`: counters. None of them resets any. */
function answers(name: string): boolean {
  return ANSWERING.has(name) || name.startsWith("pg_stat_get_");
}

/**
 * The names that stand for nothing but harmless functions. PostgreSQL declares a function immutable or stable that
 * changes nothing; the hazards are those that let their arguments do it, or show what is not for everybody.
 */
export function safeNames(all: readonly Described[]): string[] {
  const unsafe = new Set(
    all
      .filter(({ name, volatility }) => hazard(name) || (volatility === "v" && !answers(name)))
      .map(({ name }) => name),
  );
  const callable = all.filter(({ internal, name }) => !internal && !unsafe.has(name));
  return [...new Set(callable.map(({ name }) => name))].sort();
}
