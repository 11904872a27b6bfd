import { TASKS_EXTENSION, taskExtensionMethods } from "../../protocol/task-extension.ts";
import type { ExtensionHost, ServerExtension } from "../../server/extension.ts";
import { type TaskLimits, taskCreation } from "./creation.ts";
import { taskHandlers } from "./handlers.ts";
import { memoryTaskStore } from "./memory-store.ts";
import { taskFilter } from "./push.ts";
import { TaskRunner } from "./runner.ts";
import type { TaskStore } from "./store.ts";

/** How a server has tasks. */
export interface TasksOptions {
  /** Where tasks are kept. Default: in this process. */
  readonly store?: TaskStore;
  /** How long a task is kept after it was created, in milliseconds; null is forever. Default one hour. */
  readonly ttlMs?: number | null;
  /** How long clients should wait between two looks, in milliseconds. Default 1,000. */
  readonly pollIntervalMs?: number;
  /** Most tasks of one caller at a time, those that are over included. Default 1,000. */
  readonly mostTasks?: number;
  /** Most characters of JSON the tasks of one caller may take when one more is begun. Default 64 million. */
  readonly mostCharacters?: number;
  /** The clock, in milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number;
}

/**
 * Tasks: calls of tools that are marked with `task` go on by themselves, and the client looks after them. Both as
 * the extension of 2026-07-28 and as 2025-11-25 tried them. One value serves one definition.
 */
export function tasks(options: TasksOptions = {}): ServerExtension {
  const { store = memoryTaskStore(options.now), now = Date.now } = options;
  const limits: TaskLimits = {
    ttlMs: options.ttlMs === undefined ? 3_600_000 : options.ttlMs,
    pollIntervalMs: options.pollIntervalMs ?? 1_000,
    mostTasks: options.mostTasks ?? 1_000,
    mostCharacters: options.mostCharacters ?? 64_000_000,
  };
  let host: ExtensionHost | undefined;
  const runner = new TaskRunner(
    { answer: (call, runtime) => (host as ExtensionHost).answer(call, runtime) },
    store,
    limits.pollIntervalMs,
    now,
  );
  return {
    id: TASKS_EXTENSION,
    // 2025-11-25: no list, which would have to tell callers apart where nobody authenticates.
    capabilities: { tasks: { cancel: {}, requests: { tools: { call: {} } } } },
    rows: taskExtensionMethods,
    handlers(of) {
      if (host) throw new TypeError("One value of tasks() serves one server; call it for each.");
      host = of;
      return taskHandlers(runner, limits.pollIntervalMs);
    },
    aroundTool: taskCreation(runner, store, limits, now),
    filters: { taskIds: taskFilter(runner, limits.pollIntervalMs) },
    close: () => runner.close(),
  };
}
