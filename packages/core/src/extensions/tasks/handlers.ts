import { isObject } from "../../jsonrpc/message.ts";
import { invalidParams, RpcError } from "../../jsonrpc/rpc-error.ts";
import type { Call } from "../../kernel/call.ts";
import { complete, failed, type Outcome } from "../../kernel/outcome.ts";
import { type InputRequest, META } from "../../protocol/index.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import type { Handler } from "../../server/feature.ts";
import { ownTask, rulesFor, unknownTask } from "./access.ts";
import { isOver, stateOf, type TaskRecord } from "./record.ts";
import type { TaskRunner } from "./runner.ts";

/** Answers the requests about tasks. */
export function taskHandlers(
  runner: TaskRunner,
  pollIntervalMs: number,
): Readonly<Record<string, Handler>> {
  return {
    async "tasks/get"(call) {
      const rules = rulesFor(call);
      const record = await ownTask(call.params.taskId, call, runner);
      return complete(rules.seen(stateOf(record, pollIntervalMs)));
    },
    async "tasks/update"(call, runtime) {
      rulesFor(call);
      const { id } = await ownTask(call.params.taskId, call, runner);
      await runner.answer(id, readResponses(call), runtime);
      return complete({});
    },
    async "tasks/cancel"(call) {
      const rules = rulesFor(call);
      const before = await ownTask(call.params.taskId, call, runner);
      if (isOver(before) && !rules.cancelsFinished) throw alreadyOver(before);
      const record = await runner.cancel(before.id);
      if (record === undefined) throw unknownTask();
      return complete(rules.cancelled(stateOf(record, pollIntervalMs)));
    },
    async "tasks/result"(call, runtime) {
      const { given } = call.answers;
      let record = await ownTask(call.params.taskId, call, runner);
      if (given.size > 0) {
        await runner.answer(record.id, Object.fromEntries(given), runtime);
        record = await ownTask(record.id, call, runner);
      }
      return payload(await settled(record, call, runner), call);
    },
  };
}

function readResponses({ params }: Call): JsonObject {
  const responses = params.inputResponses as JsonObject;
  for (const [key, response] of Object.entries(responses)) {
    if (!isObject(response)) throw invalidParams(`inputResponses["${key}"] must be an object.`);
  }
  return responses;
}

function alreadyOver({ status }: TaskRecord): RpcError {
  return invalidParams(`The task is ${status} already and cannot be cancelled.`);
}

/** 2025-11-25 basic/utilities/tasks: `tasks/result` MUST block until the task is over; it also carries its questions. */
async function settled(
  record: TaskRecord,
  { signal }: Call,
  runner: TaskRunner,
): Promise<TaskRecord> {
  let current: TaskRecord | undefined = record;
  while (current && !isOver(current) && current.status !== "input_required") {
    current = await runner.changed(current, signal);
  }
  if (current === undefined) throw unknownTask();
  return current;
}

/** MUST be exactly what the call would have been answered without a task, tied to the task by its `_meta`. */
function payload(record: TaskRecord, call: Call): Outcome {
  const related = { [META.relatedTask]: { taskId: record.id } };
  if (record.status === "input_required") {
    const requests = record.questions.map(([key, one]) => [key, tied(one, related)] as const);
    return { kind: "input_required", requests: new Map(requests), answers: call.answers };
  }
  if (record.status === "completed") {
    const { _meta, ...result } = record.result as JsonObject;
    return complete({ ...result, _meta: { ...(_meta as JsonObject), ...related } });
  }
  if (record.error) {
    const { code, message, data } = record.error;
    return failed(new RpcError(code, message, data as JsonObject));
  }
  throw invalidParams("The task was cancelled and has no result.");
}

function tied(request: InputRequest, related: JsonObject): InputRequest {
  const params = (request.params ?? {}) as JsonObject;
  const _meta = { ...(params._meta as JsonObject), ...related };
  return { ...request, params: { ...params, _meta } } as unknown as InputRequest;
}
