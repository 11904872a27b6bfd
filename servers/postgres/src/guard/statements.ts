import type { LimitedMode } from "./access-mode.ts";
import { onlyReads } from "./reasons.ts";
import { Refused } from "./refused.ts";

const KINDS = new Map([
  ["SelectStmt", "select"],
  ["InsertStmt", "insert"],
  ["UpdateStmt", "update"],
  ["DeleteStmt", "delete"],
  ["MergeStmt", "merge"],
  ["ExplainStmt", "explain"],
  ["VariableShowStmt", "show"],
  ["VariableSetStmt", "set"],
  ["CallStmt", "call"],
  ["DoStmt", "do"],
  ["VacuumStmt", "vacuum"],
  ["TruncateStmt", "truncate"],
  ["LockStmt", "lock"],
  ["NotifyStmt", "notify"],
  ["GrantStmt", "grant"],
  ["GrantRoleStmt", "grant"],
  ["RefreshMatViewStmt", "refresh"],
  ["ReindexStmt", "reindex"],
  ["ClusterStmt", "cluster"],
  ["CheckPointStmt", "checkpoint"],
]);

/** What a statement is called; what is not named here changes the schema or the server. */
export function kindOf(type: string): string {
  return KINDS.get(type) ?? "ddl";
}

/** Statements that no mode allows: what to do instead. */
const NEVER = new Map(
  Object.entries({
    TransactionStmt:
      "Every call has its own transaction; use the transaction tools for one over several calls",
    CopyStmt: "COPY is not run from here; read with a query or the export tool, or use psql",
    PrepareStmt: "PREPARE is not needed; send the statement itself with its parameters",
    ExecuteStmt: "EXECUTE hides what it runs; send the statement itself with its parameters",
    DeallocateStmt: "DEALLOCATE is not needed; there are no prepared statements",
    DeclareCursorStmt:
      "Cursors are the server's to declare; send the query itself and page through it",
    FetchStmt: "Cursors are the server's to read; send the query itself and page through it",
    ClosePortalStmt: "Cursors are the server's to close; there are none to close",
    ListenStmt: "LISTEN would reach nobody; subscribe to the resource instead",
    UnlistenStmt: "UNLISTEN is not needed; unsubscribe from the resource instead",
    DiscardStmt: "DISCARD is not needed; the session is reset after every call",
    LoadStmt: "LOAD runs a file of the database's machine; use psql for that",
  }),
);

/**
 * Refuses a statement that no mode allows.
 * @throws {Refused}
 */
export function refuseAlways(type: string): void {
  const instead = NEVER.get(type);
  if (instead) throw new Refused(`${instead}.`);
}

/**
 * Refuses what is neither reading nor changing rows in a mode that allows no more.
 * @throws {Refused}
 */
export function refuseOther(type: string, text: string, mode: LimitedMode): void {
  if (LIMITED.has(type)) return;
  if (type === "VariableSetStmt") {
    throw new Refused("Settings are not changed from here; every call starts with the operator's.");
  }
  const verb = /^\w*/.exec(text)?.[0].toUpperCase();
  throw new Refused(`${verb} does more than change rows; ${INSTEAD[mode]}`);
}

/** What to do with what a mode does not allow. */
const INSTEAD: Readonly<Record<LimitedMode, string>> = {
  "read-only": onlyReads("admin"),
  "read-write": "this server only changes rows. Start it with --access-mode admin to allow it.",
};

/** What the modes below admin know. */
const LIMITED = new Set([
  "SelectStmt",
  "InsertStmt",
  "UpdateStmt",
  "DeleteStmt",
  "MergeStmt",
  "ExplainStmt",
  "VariableShowStmt",
]);
