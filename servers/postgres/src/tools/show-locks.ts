import { s } from "@portico/core";
import { data } from "./shared/answer.ts";
import { tuningTool } from "./shared/tuning-tool.ts";

/** Shows who waits for whose locks. */
export const showLocks = tuningTool({
  name: "show_locks",
  title: "Show Locks",
  description:
    "Which sessions wait for locks, since when, for what, and behind whom, as a tree, with the SQL a human could run to end who stands first. Ends nothing itself.",
  input: s.object({
    limit: s.optional(
      s.integer({ minimum: 1, maximum: 500, description: "Sessions shown; default 30" }),
    ),
    query_length: s.optional(
      s.integer({
        minimum: 20,
        maximum: 2_000,
        description: "Characters shown of each statement; default 120",
      }),
    ),
  }),
  output: s.object({
    sessions: s.array(
      s.object({
        pid: s.integer(),
        state: s.union([s.string(), s.null()]),
        blockedBy: s.array(s.integer()),
        waitsFor: s.union([s.string(), s.null()]),
        seconds: s.union([s.number(), s.null()]),
      }),
    ),
  }),
  async run({ limit = 30, query_length: query = 120 }, on) {
    const { describeLocks, lockSessions } = await import("../tuning/index.ts");
    const sessions = await lockSessions(on);
    const hidden = sessions.some(({ pid, state }) => pid !== 0 && state === null)
      ? `What some sessions do is hidden from ${on.role}; pg_read_all_stats would show it.`
      : undefined;
    const structured = sessions.slice(0, limit).map(({ pid, state, blockedBy, wait }) => ({
      pid,
      state,
      blockedBy: [...blockedBy],
      waitsFor: wait && `${wait.mode} on ${wait.on}`,
      seconds: wait?.seconds ?? null,
    }));
    const content = describeLocks(sessions, { sessions: limit, query });
    return data(content, { sessions: structured }, hidden);
  },
});
