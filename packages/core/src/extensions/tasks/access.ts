import { invalidParams } from "../../jsonrpc/rpc-error.ts";
import type { Call } from "../../kernel/call.ts";
import { MissingClientCapability, supports } from "../../kernel/capability.ts";
import { InsufficientScope } from "../../kernel/insufficient-scope.ts";
import { TASKS_EXTENSION, type TaskRules, taskRules } from "../../protocol/task-extension.ts";
import type { TaskRecord } from "./record.ts";
import type { TaskRunner } from "./runner.ts";

const NEEDED = { extensions: { [TASKS_EXTENSION]: {} } };

/** True when `call` may be answered with a task, as far as its client is concerned. */
export function takesTasks({ client }: Call): boolean {
  return supports(client.capabilities, NEEDED);
}

/** The error for a client that does not say that it takes tasks (ext-tasks, capability negotiation: -32021). */
export function mustTakeTasks(): MissingClientCapability {
  return new MissingClientCapability(NEEDED);
}

/**
 * The rules for a request about tasks.
 * @throws {MissingClientCapability} ext-tasks: MUST refuse a client that did not declare the extension
 */
export function rulesFor(call: Call): TaskRules {
  const rules = taskRules(call.revision);
  if (rules.decidedBy === "server" && !takesTasks(call)) throw mustTakeTasks();
  return rules;
}

/** The id tasks of this caller belong to. */
export function ownerOf({ principal }: Call): string | null {
  return principal?.id ?? null;
}

/**
 * The task with this id, if it is the caller's own and of a call the caller may make now: tokens of one principal
 * differ, and rights end while tasks live on.
 * @throws {RpcError} -32602 for one that does not exist, is over time, is somebody else's or of a tool that does not
 *   exist for this caller: nobody learns which
 * @throws {InsufficientScope} when all that is missing is a scope, as the call itself would be answered
 */
export async function ownTask(id: unknown, call: Call, runner: TaskRunner): Promise<TaskRecord> {
  const record = typeof id === "string" ? await runner.get(id) : undefined;
  if (record === undefined || record.owner !== ownerOf(call)) throw unknownTask();
  const refusal = call.refusalOf?.(record.call);
  if (refusal === undefined) return record;
  throw refusal instanceof InsufficientScope ? refusal : unknownTask();
}

/** The error for a task that is not there. */
export function unknownTask(): Error {
  return invalidParams("Unknown task: it does not exist, or its time is over.");
}
