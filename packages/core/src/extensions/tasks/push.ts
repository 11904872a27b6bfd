import { invalidParams } from "../../jsonrpc/rpc-error.ts";
import type { Notice } from "../../kernel/call.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import type { ListenFilter } from "../../server/extension.ts";
import { ownTask, rulesFor } from "./access.ts";
import { isOver, stateOf, type TaskRecord } from "./record.ts";
import type { TaskRunner } from "./runner.ts";

/** Most tasks one stream may follow. */
const MOST_FOLLOWED = 1_000;

/**
 * Serves `taskIds` of a listen stream: each task is told once at first, and whenever it changes until it is over.
 * Those that are not the caller's, or of a tool it may not call, are left out of the acknowledgement.
 */
export function taskFilter(runner: TaskRunner, pollIntervalMs: number): ListenFilter {
  return async (asked, call, deliver, ended) => {
    // ext-tasks, status notifications: MUST answer -32021 to a client that did not declare the extension.
    rulesFor(call);
    if (!Array.isArray(asked) || asked.length > MOST_FOLLOWED) {
      throw invalidParams(`notifications.taskIds must be a list of at most ${MOST_FOLLOWED} ids.`);
    }
    const found = await Promise.all(
      [...new Set(asked)].map((id) => ownTask(id, call, runner).catch(() => undefined)),
    );
    const tasks = found.filter((record) => record !== undefined);
    for (const record of tasks) {
      follow(record, runner, (one) => deliver(notice(one, pollIntervalMs)), ended);
    }
    return tasks.map(({ id }) => id);
  };
}

function notice(record: TaskRecord, pollIntervalMs: number): Notice {
  const params = stateOf(record, pollIntervalMs) as unknown as JsonObject;
  return { method: "notifications/tasks", params };
}

function follow(
  record: TaskRecord,
  runner: TaskRunner,
  tell: (record: TaskRecord) => void,
  ended: AbortSignal,
): void {
  const loop = async (): Promise<void> => {
    let current: TaskRecord | undefined = record;
    while (current) {
      tell(current);
      if (isOver(current)) return;
      current = await runner.changed(current, ended);
    }
  };
  // It ends with the stream, or with a store that fails, which polling will show.
  loop().catch(() => {});
}
