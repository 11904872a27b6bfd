import type { Client } from "../../client/client.ts";
import type { RequestOptions } from "../../client/options.ts";
import type { CallToolResult } from "../../protocol/index.ts";
import { readTaskState, type TaskState } from "../../protocol/task-extension.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import { type AttendOptions, attend } from "./attend.ts";
import { createdTask } from "./client.ts";

/** A task of a server, held by its id. Keep the id, and {@link taskOf} finds the task again after a restart. */
export class TaskHandle {
  readonly id: string;
  readonly #client: Client;

  /** @internal use {@link startTask} or {@link taskOf} */
  constructor(client: Client, id: string) {
    this.#client = client;
    this.id = id;
  }

  /** Asks where the task is. @throws {RpcError} -32602 when the server knows no such task of this caller */
  async state(options?: RequestOptions): Promise<TaskState> {
    const server = await this.#client.link(options);
    const told = await server.request("tasks/get", { taskId: this.id }, options);
    return readTaskState(told, server.facts.revision);
  }

  /**
   * Looks after the task until it is over, answering what it asks. `signal` cancels it.
   * @throws {RpcError} the error it failed with
   * @throws {TaskCancelled} when it was cancelled
   */
  async result(options: AttendOptions = {}): Promise<CallToolResult> {
    const state = await this.state(options);
    const server = await this.#client.link(options);
    return (await attend(state, server, options)) as unknown as CallToolResult;
  }

  /** Asks the server to stop the task. It may end otherwise, if it was nearly done. */
  async cancel(options?: RequestOptions): Promise<void> {
    const server = await this.#client.link(options);
    await server.request("tasks/cancel", { taskId: this.id }, options);
  }
}

/**
 * Calls a tool for the task it may become; a tool that answered at once gives its result. Needs
 * {@link takeTasks} among the client's extensions, and on 2025-11-25 that the tool was listed before.
 * @throws what `Client.callTool` throws
 */
export async function startTask(
  client: Client,
  name: string,
  args: JsonObject = {},
  options: RequestOptions = {},
): Promise<TaskHandle | CallToolResult> {
  const params: JsonObject = { name, arguments: args };
  const result = await client.request("tools/call" as string, params, {
    ...options,
    results: "as-sent",
  });
  const { taskId } = createdTask(result);
  if (typeof taskId === "string") return new TaskHandle(client, taskId);
  return result as unknown as CallToolResult;
}

/** The task with an id kept from before. Nothing is asked until something is wanted of it. */
export function taskOf(client: Client, id: string): TaskHandle {
  return new TaskHandle(client, id);
}
