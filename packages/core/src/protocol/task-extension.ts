import { s } from "../schema/build.ts";
import type { JsonObject } from "../schema/json-schema.ts";
import type { Output, Schema } from "../schema/standard.ts";
import { InputRequests } from "./input.ts";
import { changed, since } from "./marks.ts";
import { notificationFields, requestFields, resultFields } from "./message.ts";
import { isModern, type Revision } from "./revisions.ts";
import { defineMethods, notification, request } from "./rows.ts";
import { CancelTaskResult, GetTaskResult, taskMethods } from "./tasks.ts";

/** The identifier under which tasks are negotiated since 2026-07-28. */
export const TASKS_EXTENSION = "io.modelcontextprotocol/tasks";

const ERROR = s.object({ code: s.integer(), message: s.string(), data: s.optional(s.unknown()) });

const stateFields = {
  taskId: s.string(),
  status: s.enum(["working", "input_required", "completed", "failed", "cancelled"]),
  statusMessage: s.optional(s.string()),
  createdAt: s.string(),
  lastUpdatedAt: s.string(),
  ttlMs: s.union([s.integer(), s.null()]),
  pollIntervalMs: s.optional(s.integer()),
  inputRequests: since("2026-07-28", InputRequests),
  result: s.optional(s.record(s.unknown())),
  error: s.optional(ERROR),
};

const state = s.object(stateFields);
/**
 * Where a task is, as the extension's `tasks/get` says it. Times are ISO 8601; `inputRequests` is there while it
 * waits for input, `result` when it is completed and `error` when it failed.
 */
export interface TaskState extends Output<typeof state> {}
export const TaskState: Schema<TaskState> = state;

const stateResult = s.object({ ...resultFields, ...stateFields });
const oneTask = s.object({ ...requestFields, taskId: s.string() });
const acknowledged = s.object(resultFields);
const fromBoth = { "2025-11-25": "both", "2026-07-28": "client" } as const;

/**
 * The methods of tasks where the extension is in use: those that 2025-11-25 tried out go on in another shape,
 * `tasks/result` and `tasks/list` ended with it.
 */
export const taskExtensionMethods = defineMethods(
  request("tasks/get", {
    since: "2025-11-25",
    from: fromBoth,
    params: oneTask,
    result: changed({ "2025-11-25": GetTaskResult, "2026-07-28": stateResult }) as Schema<object>,
    nameParam: "taskId",
  }),
  request("tasks/update", {
    since: "2026-07-28",
    from: "client",
    params: s.object({
      ...requestFields,
      taskId: s.string(),
      inputResponses: s.record(s.unknown()),
    }),
    result: acknowledged,
    nameParam: "taskId",
  }),
  request("tasks/cancel", {
    since: "2025-11-25",
    from: fromBoth,
    params: oneTask,
    result: changed({
      "2025-11-25": CancelTaskResult,
      "2026-07-28": acknowledged,
    }) as Schema<object>,
    nameParam: "taskId",
  }),
  taskMethods["tasks/result"],
  notification("notifications/tasks", {
    since: "2026-07-28",
    from: "server",
    params: s.object({ ...notificationFields, ...stateFields }),
  }),
);

/** How one revision has tasks. */
export interface TaskRules {
  /** Who decides that a call becomes a task; nobody where the revision has none. */
  readonly decidedBy: "client" | "server" | "nobody";
  /** The result of a call that became a task. */
  readonly created: (state: TaskState) => JsonObject;
  /** The result of `tasks/get`. */
  readonly seen: (state: TaskState) => JsonObject;
  /** The result of `tasks/cancel`. */
  readonly cancelled: (state: TaskState) => JsonObject;
  /** Whether a task that is over may be cancelled, which does nothing. */
  readonly cancelsFinished: boolean;
}

const NO_TASKS: TaskRules = {
  decidedBy: "nobody",
  created: plain,
  seen: plain,
  cancelled: plain,
  cancelsFinished: false,
};

const TRIED_OUT: TaskRules = {
  decidedBy: "client",
  created: (state) => ({ task: triedOut(state) }),
  seen: triedOut,
  cancelled: triedOut,
  // 2025-11-25 basic/utilities/tasks: MUST refuse to cancel what is over.
  cancelsFinished: false,
};

const EXTENSION: TaskRules = {
  decidedBy: "server",
  created({ inputRequests, result, error, ...seed }) {
    return { resultType: "task", ...plain(seed) };
  },
  seen: plain,
  cancelled: () => ({}),
  cancelsFinished: true,
};

/** How `revision` has tasks: not at all, as 2025-11-25 tried them, or as an extension. */
export function taskRules(revision: Revision): TaskRules {
  if (isModern(revision)) return EXTENSION;
  return revision === "2025-11-25" ? TRIED_OUT : NO_TASKS;
}

/** 2025-11-25 names times without their unit, and says `failed` of a tool whose result is an error. */
function triedOut(state: TaskState): JsonObject {
  const { ttlMs, pollIntervalMs, inputRequests, result, error, ...same } = state;
  return plain({
    ...same,
    ...(result?.isError === true && { status: "failed" }),
    ttl: ttlMs,
    ...(pollIntervalMs !== undefined && { pollInterval: pollIntervalMs }),
  });
}

/** The state a server of `revision` told of, in the extension's words. */
export function readTaskState(told: JsonObject, revision: Revision): TaskState {
  if (isModern(revision)) return told as unknown as TaskState;
  const { ttl, pollInterval, ...same } = told;
  return {
    ...same,
    ttlMs: ttl ?? null,
    ...(pollInterval !== undefined && { pollIntervalMs: pollInterval }),
  } as unknown as TaskState;
}

function plain(state: object): JsonObject {
  return state as JsonObject;
}
