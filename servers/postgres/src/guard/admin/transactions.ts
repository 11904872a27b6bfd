import type { Fields } from "../parser.ts";

const ALONE = new Set([
  "VacuumStmt",
  "CreatedbStmt",
  "DropdbStmt",
  "CreateTableSpaceStmt",
  "DropTableSpaceStmt",
  "AlterSystemStmt",
  "CreateSubscriptionStmt",
  "DropSubscriptionStmt",
]);

/** Whether PostgreSQL refuses a statement inside of a transaction. */
export function needsNoTransaction(type: string, fields: Fields): boolean {
  if (type === "VacuumStmt") return fields.is_vacuumcmd === true;
  if (type === "ClusterStmt") return fields.relation === undefined;
  if (type === "ReindexStmt") return reindexesMany(fields) || hasConcurrently(fields.params);
  if (type === "AlterTableStmt") return JSON.stringify(fields.cmds).includes('"concurrent":true');
  if (type === "AlterDatabaseStmt") return JSON.stringify(fields).includes('"tablespace"');
  return ALONE.has(type) || fields.concurrent === true;
}

function reindexesMany({ kind }: Fields): boolean {
  return (
    kind === "REINDEX_OBJECT_SCHEMA" ||
    kind === "REINDEX_OBJECT_SYSTEM" ||
    kind === "REINDEX_OBJECT_DATABASE"
  );
}

function hasConcurrently(params: unknown): boolean {
  return JSON.stringify(params ?? []).includes('"defname":"concurrently"');
}
