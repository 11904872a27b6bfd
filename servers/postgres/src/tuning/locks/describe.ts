import { counted, duration, oneLine } from "../units.ts";
import { type LockNode, lockTree, size } from "./tree.ts";
import type { LockSession } from "./waits.ts";

/** How much of the tree is shown. */
export interface LockLimits {
  /** Sessions shown; the others are counted. */
  readonly sessions: number;
  /** Characters shown of each statement. */
  readonly query: number;
}

/** Who waits for whom, as an indented tree, and what a human could end. */
export function describeLocks(sessions: readonly LockSession[], limits: LockLimits): string {
  const waiting = sessions.filter(({ wait }) => wait !== null).length;
  if (waiting === 0) return "No session waits for a lock.";
  const roots = lockTree(sessions);
  const lines = roots.flatMap((root) => branch(root, 0, limits.query));
  const shown = lines.slice(0, limits.sessions);
  const rest = lines.length - shown.length;
  return [
    `${counted(waiting, "session")} ${waiting === 1 ? "waits" : "wait"} for locks behind ${counted(roots.length, "other")}.`,
    ...shown,
    ...(rest > 0 ? [`${counted(rest, "further line")} not shown.`] : []),
    "To let them go on, a human can end who stands first:",
    ...roots.slice(0, 5).map(ending),
  ].join("\n");
}

function branch(node: LockNode, depth: number, queryLength: number): string[] {
  const { session, waiting, seen } = node;
  const line = `${"  ".repeat(Math.min(depth, 20))}- ${describe(session, queryLength)}${seen ? " (shown above with its waiters)" : ""}`;
  return [line, ...waiting.flatMap((below) => branch(below, depth + 1, queryLength))];
}

function describe(session: LockSession, queryLength: number): string {
  const { pid, role, application, state, query, transactionSeconds, wait } = session;
  if (pid === 0) return "a prepared transaction (see pg_prepared_xacts)";
  const who = [role, application].filter(Boolean).join(", ");
  const age =
    transactionSeconds === null ? [] : [`in its transaction for ${duration(transactionSeconds)}`];
  const facts = [
    `pid ${pid}${who === "" ? "" : ` (${who})`}`,
    ...(wait === null ? [state ?? "state hidden", ...age] : [describeWait(wait)]),
  ];
  const text = query === null ? "statement hidden" : `"${oneLine(query, queryLength)}"`;
  return `${facts.join(", ")}: ${text}`;
}

function describeWait({ mode, on, seconds }: NonNullable<LockSession["wait"]>): string {
  return `waits${seconds === null ? "" : ` ${duration(seconds)}`} for ${mode} on ${on}`;
}

/** Cancelling a statement does nothing to a session that is idle in its transaction. */
function ending(root: LockNode): string {
  const { pid, state } = root.session;
  const freed = `-- would let ${counted(size(root), "session")} go on`;
  if (pid === 0)
    return `SELECT gid, prepared, owner FROM pg_prepared_xacts; -- then ROLLBACK PREPARED '…'; ${freed.slice(3)}`;
  const end = state === "active" ? "pg_cancel_backend" : "pg_terminate_backend";
  return `SELECT ${end}(${pid}); ${freed}`;
}
