import type { LockSession } from "./waits.ts";

/** A session, and those that wait for it. */
export interface LockNode {
  readonly session: LockSession;
  readonly waiting: readonly LockNode[];
  /** Its own waiters stand elsewhere in the tree. */
  readonly seen: boolean;
}

/**
 * Puts sessions under those they wait for. At the top are those who wait for nobody, most waiters first; where all
 * wait for each other, the one that waits longest stands for the circle. A session that waits for several stands under
 * each of them, its own waiters only once.
 */
export function lockTree(sessions: readonly LockSession[]): LockNode[] {
  const waiters = waitersOf(sessions);
  const placed = new Set<number>();
  const grow = (session: LockSession): LockNode => {
    const seen = placed.has(session.pid);
    placed.add(session.pid);
    const waiting = seen ? [] : (waiters.get(session.pid) ?? []).map(grow);
    return { session, waiting, seen };
  };
  const free = sessions.filter(({ blockedBy }) => blockedBy.length === 0);
  const roots = free.map(grow);
  // What was not reached from anybody free waits in a circle.
  for (const session of sessions) if (!placed.has(session.pid)) roots.push(grow(session));
  return roots.sort((a, b) => size(b) - size(a));
}

function waitersOf(sessions: readonly LockSession[]): Map<number, LockSession[]> {
  const waiters = new Map<number, LockSession[]>();
  for (const session of sessions) {
    for (const blocker of session.blockedBy) {
      const others = waiters.get(blocker);
      if (others) others.push(session);
      else waiters.set(blocker, [session]);
    }
  }
  return waiters;
}

/** How many sessions stand below, each counted once. */
export function size(node: LockNode): number {
  return pidsBelow(node).size;
}

function pidsBelow({ waiting }: LockNode): Set<number> {
  return new Set(waiting.flatMap((below) => [below.session.pid, ...pidsBelow(below)]));
}
