import { s } from "../schema/build.ts";
import type { Output, Schema } from "../schema/standard.ts";
import { type Definition, define } from "./define.ts";
import { since, until } from "./marks.ts";

/** Tasks were part of the protocol in 2025-11-25 alone; since 2026-07-28 they are an extension. */
export function onlyInTasksRevision<T>(schema: Schema<T>): Schema<T> {
  return since("2025-11-25", until("2025-11-25", schema));
}

const taskMetadata = define("TaskMetadata", () =>
  onlyInTasksRevision(s.object({ ttl: s.optional(s.integer()) })),
);
/** Asks for a request to run as a task, kept for `ttl` milliseconds. */
export interface TaskMetadata extends Output<typeof taskMetadata> {}
export const TaskMetadata: Definition<TaskMetadata> = taskMetadata;

/** The field of the params of a request that may run as a task. */
export const taskFields = { task: s.optional(TaskMetadata) };

const relatedTaskMetadata = define("RelatedTaskMetadata", () =>
  onlyInTasksRevision(s.object({ taskId: s.string() })),
);
/** Ties a message to the task it belongs to, under its key of `_meta`. */
export interface RelatedTaskMetadata extends Output<typeof relatedTaskMetadata> {}
export const RelatedTaskMetadata: Definition<RelatedTaskMetadata> = relatedTaskMetadata;

const taskStatus = define("TaskStatus", () =>
  onlyInTasksRevision(s.enum(["working", "input_required", "completed", "failed", "cancelled"])),
);
/** How far a task is; the last three are final. */
export type TaskStatus = Output<typeof taskStatus>;
export const TaskStatus: Definition<TaskStatus> = taskStatus;

/** The fields that describe a task. */
export const taskStateFields = {
  taskId: s.string(),
  status: TaskStatus,
  statusMessage: s.optional(s.string()),
  createdAt: s.string(),
  lastUpdatedAt: s.string(),
  ttl: s.union([s.integer(), s.null()]),
  pollInterval: s.optional(s.integer()),
};

const task = define("Task", () => onlyInTasksRevision(s.object(taskStateFields)));
/** A request that runs on its own. Times are ISO 8601, `ttl` and `pollInterval` milliseconds. */
export interface Task extends Output<typeof task> {}
export const Task: Definition<Task> = task;
