import type { RequestId } from "../../jsonrpc/message.ts";
import type { AnswersJson } from "../../kernel/answers.ts";
import type { Principal, TraceContext } from "../../kernel/call.ts";
import type {
  ClientCapabilities,
  Implementation,
  InputRequest,
  Revision,
} from "../../protocol/index.ts";
import type { TaskState } from "../../protocol/task-extension.ts";
import type { JsonObject } from "../../schema/json-schema.ts";

/** The call a task was made of: enough to enter its handler again in any process that shares the store. */
export interface TaskCall {
  /** The JSON-RPC id of the request that began the task, by which logs tie the two. */
  readonly id?: RequestId | undefined;
  readonly method: string;
  readonly params: JsonObject;
  readonly revision: Revision;
  readonly client: {
    readonly info?: Implementation | undefined;
    readonly capabilities: ClientCapabilities;
  };
  readonly principal?: Principal | undefined;
  readonly trace?: TraceContext | undefined;
}

/** A task as it is stored: plain JSON, never changed in place. Times are milliseconds since the epoch. */
export interface TaskRecord {
  readonly id: string;
  /** The id of the principal it belongs to; null where nobody authenticated. */
  readonly owner: string | null;
  /** Grows by one with each change. */
  readonly version: number;
  readonly status: TaskState["status"];
  readonly statusMessage?: string | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** How long it is kept after it was created; null is forever. */
  readonly ttlMs: number | null;
  readonly call: TaskCall;
  /** What the client answered so far, and the steps that are done. */
  readonly answers: AnswersJson;
  /** What the client is asked and has not answered yet, by key. */
  readonly questions: readonly (readonly [string, InputRequest])[];
  readonly result?: JsonObject | undefined;
  readonly error?: TaskState["error"] | undefined;
  /** Until when whoever runs it has promised to be there; past it, that process is gone. */
  readonly heldUntil?: number | undefined;
}

/** True when nothing about the task changes any more. */
export function isOver({ status }: TaskRecord): boolean {
  return status === "completed" || status === "failed" || status === "cancelled";
}

/** When the task may be dropped; never where that is infinite. */
export function expiryOf({ createdAt, ttlMs }: TaskRecord): number {
  return ttlMs === null ? Number.POSITIVE_INFINITY : createdAt + ttlMs;
}

/** True when the owner sees the same in both: a renewed promise is nothing to tell of. */
export function looksLike(one: TaskRecord, other: TaskRecord): boolean {
  if (one.version === other.version) return true;
  return (
    one.updatedAt === other.updatedAt &&
    one.status === other.status &&
    one.statusMessage === other.statusMessage &&
    one.questions.length === other.questions.length
  );
}

/** The task as its owner sees it. */
export function stateOf(record: TaskRecord, pollIntervalMs: number): TaskState {
  const { id, status, statusMessage, ttlMs, questions, result, error } = record;
  return {
    taskId: id,
    status,
    ...(statusMessage !== undefined && { statusMessage }),
    createdAt: new Date(record.createdAt).toISOString(),
    lastUpdatedAt: new Date(record.updatedAt).toISOString(),
    ttlMs,
    pollIntervalMs,
    ...(status === "input_required" && { inputRequests: Object.fromEntries(questions) }),
    ...(status === "completed" && { result: result as JsonObject }),
    ...(status === "failed" && { error }),
  } as TaskState;
}
