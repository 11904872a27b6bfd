import { JSON_RPC, RpcError } from "../../jsonrpc/rpc-error.ts";
import { answersToJson } from "../../kernel/answers.ts";
import type { Call } from "../../kernel/call.ts";
import { complete, type Outcome } from "../../kernel/outcome.ts";
import { taskRules } from "../../protocol/task-extension.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import { errorResult } from "../../server/content.ts";
import type { AroundTool, CalledTool } from "../../server/extension.ts";
import { mustTakeTasks, ownerOf, takesTasks } from "./access.ts";
import { callToStore } from "./call.ts";
import { stateOf, type TaskRecord } from "./record.ts";
import type { TaskRunner } from "./runner.ts";
import type { TaskStore } from "./store.ts";

/** What bounds the tasks of one server. */
export interface TaskLimits {
  readonly ttlMs: number | null;
  readonly pollIntervalMs: number;
  readonly mostTasks: number;
  readonly mostCharacters: number;
}

/** Makes tasks of calls whose tool is marked so. */
export function taskCreation(
  runner: TaskRunner,
  store: TaskStore,
  limits: TaskLimits,
  now: () => number,
): AroundTool {
  return async (tool, call, next, runtime) => {
    if (!becomesTask(tool, call)) return next(call);
    const refusal = await tooMany(store, call, limits);
    if (refusal) return refusal;
    const record = await runner.begin(newTask(call, limits, now()), runtime);
    // ext-tasks, task creation: MUST NOT answer before the task is stored; `begin` has.
    const { created } = taskRules(call.revision);
    return { ...complete(created(stateOf(record, limits.pollIntervalMs))), goesOn: true };
  };
}

/**
 * Whether there is a task for this call.
 * @throws {RpcError} when the tool and what the client asks for or can take do not go together
 */
function becomesTask({ published, task }: CalledTool, call: Call): boolean {
  // A tool that calls a tool wants its answer.
  if ((call.depth ?? 0) > 0) return false;
  const { decidedBy } = taskRules(call.revision);
  const asked = decidedBy === "client" && call.params.task !== undefined;
  if (task === undefined) {
    // 2025-11-25 basic/utilities/tasks: SHOULD answer -32601 to a task of a tool that has none.
    if (asked) throw noTask(`The tool ${published.name} cannot be called as a task.`);
    return false;
  }
  if (decidedBy === "client") {
    // MUST answer -32601 when a tool that needs a task is called without one.
    if (asked || task.support === "optional") return asked;
    throw noTask(`The tool ${published.name} must be called as a task: add task to the params.`);
  }
  if (decidedBy === "nobody" || !takesTasks(call)) {
    if (task.support === "optional") return false;
    throw mustTakeTasks();
  }
  return (task.after ?? []).every((key) => call.answers.given.has(key));
}

function noTask(message: string): RpcError {
  return new RpcError(JSON_RPC.methodNotFound, message);
}

/** The caller's model is told, as it is the one that can wait. */
async function tooMany(
  store: TaskStore,
  call: Call,
  { mostTasks, mostCharacters }: TaskLimits,
): Promise<Outcome | undefined> {
  const { tasks, characters } = await store.usage(ownerOf(call));
  if (tasks < mostTasks && characters < mostCharacters) return undefined;
  const message = `There are ${tasks} tasks already, which is as many as this server keeps for one caller; try again when some are over.`;
  return complete(errorResult(message) as unknown as JsonObject);
}

function newTask(call: Call, { ttlMs }: TaskLimits, now: number): TaskRecord {
  return {
    id: unguessable(),
    owner: ownerOf(call),
    version: 1,
    status: "working",
    createdAt: now,
    updatedAt: now,
    ttlMs: timeToLive(call.params.task, ttlMs),
    call: callToStore(call),
    answers: answersToJson(call.answers),
    questions: [],
  };
}

/** 128 random bits: a task's id is all it takes to see it where nobody authenticates (ext-tasks, security). */
function unguessable(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** 2025-11-25: the client may ask for a time, and the receiver MAY override it; here it may only be shorter. */
function timeToLive(asked: JsonObject[string] | undefined, most: number | null): number | null {
  const ttl = (asked as { ttl?: number } | undefined)?.ttl;
  if (ttl === undefined || ttl < 1) return most;
  return most === null ? ttl : Math.min(ttl, most);
}
