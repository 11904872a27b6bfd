import fc from "fast-check";
import { expect, test } from "vitest";
import { describeLocks } from "./describe.ts";
import { type LockNode, lockTree } from "./tree.ts";
import type { LockSession } from "./waits.ts";

function session(pid: number, blockedBy: readonly number[] = []): LockSession {
  const wait = blockedBy.length > 0 ? { mode: "ShareLock", on: "relation t", seconds: 5 } : null;
  const known = { role: "app", application: "web", query: `SELECT ${pid}`, transactionSeconds: 60 };
  return { pid, state: "active", wait, blockedBy, ...known };
}

const shape = ({ session: { pid }, waiting, seen }: LockNode): unknown =>
  seen ? [pid, "seen"] : [pid, ...waiting.map(shape)];

test("who waits stands under whom it waits for, the most awaited first", () => {
  const sessions = [session(1), session(2), session(3, [1]), session(4, [2]), session(5, [4])];
  expect(lockTree(sessions).map(shape)).toEqual([
    [2, [4, [5]]],
    [1, [3]],
  ]);
});

test("who waits for two stands under both, and its waiters once", () => {
  const sessions = [session(1), session(2), session(3, [1, 2]), session(4, [3])];
  expect(lockTree(sessions).map(shape)).toEqual([
    [1, [3, [4]]],
    [2, [3, "seen"]],
  ]);
});

test("a circle is shown from one of its sessions", () => {
  expect(lockTree([session(1, [2]), session(2, [1])]).map(shape)).toEqual([[1, [2, [1, "seen"]]]]);
});

test("every session stands somewhere with its waiters exactly once", () => {
  const pids = fc.integer({ min: 1, max: 12 });
  const graph = fc.uniqueArray(
    fc.record({ pid: pids, by: fc.uniqueArray(pids, { maxLength: 4 }) }),
    {
      selector: ({ pid }) => pid,
    },
  );
  fc.assert(
    fc.property(graph, (edges) => {
      const there = new Set(edges.map(({ pid }) => pid));
      const sessions = edges.map(({ pid, by }) =>
        session(
          pid,
          by.filter((one) => there.has(one)),
        ),
      );
      const placed: number[] = [];
      const walk = ({ session: one, waiting, seen }: LockNode) => {
        if (!seen) placed.push(one.pid);
        waiting.forEach(walk);
      };
      lockTree(sessions).forEach(walk);
      expect(placed.sort()).toEqual([...there].sort());
    }),
    { seed: 20_261_122 },
  );
});

test("the text is bounded however many wait", () => {
  const crowd = Array.from({ length: 300 }, (_, index) => session(index + 2, [1]));
  const text = describeLocks([session(1), ...crowd], { sessions: 10, query: 20 });
  expect(text.split("\n")).toHaveLength(14);
  expect(text).toContain("291 further lines not shown.");
});
