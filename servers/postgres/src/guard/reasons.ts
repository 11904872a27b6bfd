import type { AccessMode } from "./access-mode.ts";
import type { Node } from "./parser.ts";
import { Refused } from "./refused.ts";

/** What to do with what a call that only reads refuses: the server itself may have been started in a wider mode. */
export function onlyReads(needed: Exclude<AccessMode, "read-only">): string {
  return `this call only reads; use execute_sql, on a server started with --access-mode ${needed}.`;
}

/** What one meets inside of a query that writes, and would otherwise be refused for not being known. */
const REASONS = new Map(
  Object.entries({
    InsertStmt: "INSERT changes data",
    UpdateStmt: "UPDATE changes data",
    DeleteStmt: "DELETE changes data",
    MergeStmt: "MERGE changes data",
  }),
);

/**
 * Refuses with its reason what the grammar would refuse without one.
 * @throws {Refused}
 */
export function refuseNode({ type, fields }: Node, mayWrite: boolean): void {
  if (fields.intoClause) {
    throw new Refused(
      "SELECT … INTO makes a table; leave INTO out, or use CREATE TABLE AS in admin mode.",
    );
  }
  if (mayWrite) return;
  const reason = REASONS.get(type);
  if (reason) throw new Refused(`${reason}; ${onlyReads("read-write")}`);
  if (fields.lockingClause)
    throw new Refused(`FOR UPDATE and FOR SHARE lock rows; ${onlyReads("read-write")}`);
}
