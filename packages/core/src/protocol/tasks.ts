import { s } from "../schema/build.ts";
import type { Output } from "../schema/standard.ts";
import { type Definition, define } from "./define.ts";
import { open } from "./marks.ts";
import { notificationFields, requestFields, resultFields } from "./message.ts";
import { PaginatedRequestParams, pageFields } from "./pagination.ts";
import { defineMethods, notification, request } from "./rows.ts";
import { onlyInTasksRevision, Task, taskStateFields } from "./task.ts";

/** The params of the requests about one task. */
const oneTask = s.object({ ...requestFields, taskId: s.string() });

const createTaskResult = define("CreateTaskResult", () =>
  onlyInTasksRevision(s.object({ ...resultFields, task: Task })),
);
/** Answers a request that now runs as a task. */
export interface CreateTaskResult extends Output<typeof createTaskResult> {}
export const CreateTaskResult: Definition<CreateTaskResult> = createTaskResult;

const getTaskResult = define("GetTaskResult", () =>
  onlyInTasksRevision(s.object({ ...resultFields, ...taskStateFields })),
);
/** Where a task is. */
export interface GetTaskResult extends Output<typeof getTaskResult> {}
export const GetTaskResult: Definition<GetTaskResult> = getTaskResult;

const cancelTaskResult = define("CancelTaskResult", () =>
  onlyInTasksRevision(s.object({ ...resultFields, ...taskStateFields })),
);
/** The task that was cancelled. */
export interface CancelTaskResult extends Output<typeof cancelTaskResult> {}
export const CancelTaskResult: Definition<CancelTaskResult> = cancelTaskResult;

const getTaskPayloadResult = define("GetTaskPayloadResult", () =>
  onlyInTasksRevision(open(s.object(resultFields))),
);
/** Exactly what the request would have been answered without a task. */
export interface GetTaskPayloadResult extends Output<typeof getTaskPayloadResult> {}
export const GetTaskPayloadResult: Definition<GetTaskPayloadResult> = getTaskPayloadResult;

const listTasksResult = define("ListTasksResult", () =>
  onlyInTasksRevision(s.object({ ...pageFields, tasks: s.array(Task) })),
);
/** One page of the tasks there are. */
export interface ListTasksResult extends Output<typeof listTasksResult> {}
export const ListTasksResult: Definition<ListTasksResult> = listTasksResult;

const taskStatusNotificationParams = define("TaskStatusNotificationParams", () =>
  onlyInTasksRevision(s.object({ ...notificationFields, ...taskStateFields })),
);
/** A task's state, told without being asked. */
export interface TaskStatusNotificationParams extends Output<typeof taskStatusNotificationParams> {}
export const TaskStatusNotificationParams: Definition<TaskStatusNotificationParams> =
  taskStatusNotificationParams;

const always = { since: "2025-11-25", until: "2025-11-25", from: "both" } as const;

/** Tasks as 2025-11-25 tried them, in both directions. */
export const taskMethods = defineMethods(
  request("tasks/get", {
    ...always,
    gate: { client: "tasks", server: "tasks" },
    params: oneTask,
    result: GetTaskResult,
  }),
  request("tasks/result", {
    ...always,
    gate: { client: "tasks", server: "tasks" },
    params: oneTask,
    result: GetTaskPayloadResult,
  }),
  request("tasks/list", {
    ...always,
    gate: { client: "tasks.list", server: "tasks.list" },
    params: PaginatedRequestParams,
    result: ListTasksResult,
    paginated: true,
  }),
  request("tasks/cancel", {
    ...always,
    gate: { client: "tasks.cancel", server: "tasks.cancel" },
    params: oneTask,
    result: CancelTaskResult,
  }),
  notification("notifications/tasks/status", { ...always, params: TaskStatusNotificationParams }),
);
