import type { ServerLink } from "../../client/extension.ts";
import type { RequestOptions } from "../../client/options.ts";
import { InvalidResponse } from "../../era/client-era.ts";
import { RpcError } from "../../jsonrpc/rpc-error.ts";
import { readTaskState, type TaskState, taskRules } from "../../protocol/task-extension.ts";
import type { JsonObject } from "../../schema/json-schema.ts";

/** How long to wait between two looks when the server does not say, in milliseconds. */
const POLL_MS = 1_000;
/** The least and the most a server may make a client wait. */
const SHORTEST_POLL_MS = 10;
const LONGEST_POLL_MS = 60_000;

/** The task was cancelled, by this client or by the server. */
export class TaskCancelled extends Error {
  override readonly name = "TaskCancelled";
}

/** What may be heard while a task runs. */
export interface AttendOptions extends RequestOptions {
  /** Hears of each state that differs from the one before. */
  readonly onState?: (state: TaskState) => void;
}

/**
 * Looks after a task until it is over, answers what it asks, and resolves with its result. When `signal` aborts, or a
 * question cannot be answered, the server is asked to cancel it.
 * @throws {RpcError} the error it failed with, or why a question was not answered
 * @throws {TaskCancelled} when it was cancelled
 */
export async function attend(
  first: TaskState,
  server: ServerLink,
  options: AttendOptions,
): Promise<JsonObject> {
  const signal = options.signal ?? new AbortController().signal;
  const attendance = new Attendance(server, options, signal);
  try {
    return await attendance.toTheEnd(first);
  } catch (error) {
    // What nobody here can answer would wait until its time is over.
    if (signal.aborted || attendance.cannotAnswer) {
      const { taskId } = first;
      server.request("tasks/cancel", { taskId }).catch(() => undefined);
    }
    throw error;
  }
}

/** One task looked after. */
class Attendance {
  readonly #server: ServerLink;
  readonly #options: AttendOptions;
  readonly #signal: AbortSignal;
  readonly #answered = new Set<string>();
  /** True when a question of the task could not be answered. */
  cannotAnswer = false;
  #reports = 0;
  #lastMessage: string | undefined;

  constructor(server: ServerLink, options: AttendOptions, signal: AbortSignal) {
    this.#server = server;
    this.#options = options;
    this.#signal = signal;
  }

  async toTheEnd(first: TaskState): Promise<JsonObject> {
    let state = first;
    for (;;) {
      this.#report(state);
      if (state.status === "completed" || state.status === "failed") return this.#payload(state);
      if (state.status === "cancelled") {
        throw new TaskCancelled(state.statusMessage ?? "The task was cancelled.");
      }
      if (state.status === "input_required") {
        // 2025-11-25: the questions come as requests of the server, while its result is waited for.
        if (this.#fetches) return this.#payload(state);
        await this.#answerAll(state);
      }
      await pause(pollOf(state), this.#signal);
      state = await this.#look(state);
    }
  }

  /** True where the result of a task is fetched by a request of its own. */
  get #fetches(): boolean {
    return taskRules(this.#server.facts.revision).decidedBy === "client";
  }

  async #look({ taskId }: TaskState): Promise<TaskState> {
    const told = await this.#server.request("tasks/get", { taskId }, this.#wait());
    return readTaskState(told, this.#server.facts.revision);
  }

  async #payload({ taskId, status, result, error }: TaskState): Promise<JsonObject> {
    if (this.#fetches) {
      // It takes as long as the task does; the task's own life bounds it.
      const options = { signal: this.#signal, timeoutMs: Number.POSITIVE_INFINITY };
      return this.#server.request("tasks/result", { taskId }, options);
    }
    if (status === "completed" && result) return result as JsonObject;
    if (error) throw RpcError.from(error as Parameters<typeof RpcError.from>[0]);
    throw new InvalidResponse(`The server says the task is ${status}, and nothing more.`);
  }

  /** ext-tasks: SHOULD answer each question once, however often it is seen. */
  async #answerAll({ taskId, inputRequests = {} }: TaskState): Promise<void> {
    const open = Object.entries(inputRequests).filter(([key]) => !this.#answered.has(key));
    for (const [key, { method, params = {} }] of open) {
      this.#signal.throwIfAborted();
      this.cannotAnswer = true;
      const answer = await this.#server.answer(method, params as JsonObject, this.#signal);
      this.cannotAnswer = false;
      this.#answered.add(key);
      const update = { taskId, inputResponses: { [key]: answer } };
      await this.#server.request("tasks/update", update, this.#wait());
    }
  }

  /** What the task says of itself, as progress: only that there is news can be counted. */
  #report(state: TaskState): void {
    this.#options.onState?.(state);
    const { statusMessage: message } = state;
    if (message === undefined || message === this.#lastMessage) return;
    this.#lastMessage = message;
    this.#options.onProgress?.({ progress: ++this.#reports, message });
  }

  #wait(): RequestOptions {
    return { signal: this.#signal, timeoutMs: this.#options.timeoutMs };
  }
}

function pollOf({ pollIntervalMs = POLL_MS }: TaskState): number {
  return Math.min(Math.max(pollIntervalMs, SHORTEST_POLL_MS), LONGEST_POLL_MS);
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}
