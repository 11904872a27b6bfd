import type { ClientExtension, ClientRequest } from "../../client/extension.ts";
import { isObject } from "../../jsonrpc/message.ts";
import {
  readTaskState,
  TASKS_EXTENSION,
  taskExtensionMethods,
} from "../../protocol/task-extension.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import { attend } from "./attend.ts";

/**
 * Takes tasks: a tool that goes on as one is called like any other, and the call resolves when the task is over.
 * Give it to `connect`. A server of 2025-11-25 is asked for a task where its tool must be called as one.
 */
export function takeTasks(): ClientExtension {
  return {
    id: TASKS_EXTENSION,
    rows: taskExtensionMethods,
    results: ["task"],
    prepare(request, { facts, tool }) {
      const { method, params, options } = request;
      const offered = facts.capabilities?.tasks?.requests?.tools?.call;
      if (method !== "tools/call" || params.task || !offered) return params;
      const support = tool(params.name)?.execution?.taskSupport;
      // `optional` tools are answered at once, unless the caller is after the task itself.
      const wanted = support === "required" || (support && options.results === "as-sent");
      return wanted && support !== "forbidden" ? { ...params, task: {} } : params;
    },
    takes: isTask,
    settle: (result, { options }, server) =>
      attend(readTaskState(createdTask(result), server.facts.revision), server, options),
  };
}

function isTask(result: JsonObject, { method }: ClientRequest): boolean {
  if (method !== "tools/call") return false;
  return result.resultType === "task" || (isObject(result.task) && result.content === undefined);
}

/** The task in the result that says there is one, in whichever revision's form. */
export function createdTask(result: JsonObject): JsonObject {
  return isObject(result.task) ? result.task : result;
}
