/** Built-in functions that do more than answer, and what it is that they do. */
export interface Hazard {
  readonly names: RegExp;
  /** Goes on after the function's name: "pg_sleep() …". */
  readonly does: string;
  /** Refused to administrators too: it leaves the database, or undoes what holds the session. */
  readonly always?: true;
  /** Administrators are asked first: something is lost by it. */
  readonly loses?: true;
}

/** The first that fits is the reason. Functions that no row names and no list holds are refused all the same. */
const HAZARDS: readonly Hazard[] = [
  {
    names:
      /^(pg_read_(binary_)?file(_old)?|pg_stat_file|pg_ls_dir|lo_import|lo_export|pg_file_\w+)$/,
    does: "reaches into the files of the database's machine",
    always: true,
  },
  { names: /^set_config$/, does: "changes the session's settings", always: true },
  { names: /^pg_ls_\w+$/, does: "lists files of the database's machine" },
  { names: /^pg_current_logfile$|^pg_config$/, does: "tells of files of the database's machine" },
  {
    names: /^pg_(hba_file_rules|ident_file_mappings|show_all_file_settings|show_all_settings)$/,
    does: "shows settings that may hold secrets",
  },
  { names: /^pg_sleep/, does: "holds a connection and does nothing with it" },
  { names: /^pg_(try_)?advisory_/, does: "takes locks that others wait for" },
  { names: /^pg_(terminate|cancel)_backend$/, does: "ends other people's work", loses: true },
  {
    names:
      /^pg_(reload_conf|rotate_logfile(_old)?|promote|switch_wal|create_restore_point|log_\w+|backup_\w+)$/,
    does: "administers the server",
    loses: true,
  },
  { names: /^pg_wal_replay_(pause|resume)$/, does: "stops or starts replication" },
  {
    names: /^pg_((create|drop|copy|sync)_\w*replication_slots?|replication_slot_advance)$/,
    does: "changes replication slots",
    loses: true,
  },
  { names: /^pg_logical_slot_(get|peek)_/, does: "works on replication slots" },
  { names: /^pg_logical_emit_message$|^pg_notify$/, does: "sends messages to others" },
  {
    names: /^pg_replication_origin_(?!oid$)/,
    does: "changes what replication remembers",
    loses: true,
  },
  {
    names: /^pg_(stat_reset|stat_clear_snapshot|stat_force_next_flush|clear_|restore_)/,
    does: "changes the server's statistics",
    loses: true,
  },
  {
    names: /^(query|table|cursor|schema|database)_to_xml/,
    does: "runs or reads what it is given as text, which cannot be checked",
  },
  {
    names: /^pg_input_/,
    does: "runs the checks of whatever type it is given as text",
  },
  { names: /^ts_stat$|^ts_rewrite$/, does: "runs the text it is given as SQL" },
  { names: /^lo_unlink$/, does: "drops a large object", loses: true },
  { names: /^lo_|^loread$|^lowrite$/, does: "works on large objects" },
  { names: /^(nextval|setval)$/, does: "changes a sequence" },
  { names: /^(txid_current|pg_current_xact_id)$/, does: "takes a transaction number" },
  { names: /^setseed$/, does: "changes what random() answers afterwards" },
  { names: /^pg_export_snapshot$/, does: "lends the transaction's snapshot to others" },
  { names: /^binary_upgrade_/, does: "is for pg_upgrade" },
  { names: /^(brin|gin)_/, does: "works on indexes" },
  { names: /^pg_event_trigger_/, does: "is for event triggers" },
  { names: /^dblink/, does: "connects to other databases" },
  {
    names: /^(pg_import_|pg_extension_config_dump$|pg_nextoid$|pg_stop_making_pinned_objects$)/,
    does: "changes the catalogue",
  },
  { names: /_validator$/, does: "is for creating functions" },
];

/** What a function of this name does that is not to be done; nothing when no row speaks of it. */
export function hazard(name: string): Hazard | undefined {
  return HAZARDS.find(({ names }) => names.test(name));
}
