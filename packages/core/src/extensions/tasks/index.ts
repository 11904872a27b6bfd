export { TASKS_EXTENSION, type TaskState } from "../../protocol/task-extension.ts";
export { type AttendOptions, TaskCancelled } from "./attend.ts";
export { takeTasks } from "./client.ts";
export { startTask, TaskHandle, taskOf } from "./handle.ts";
export { memoryTaskStore } from "./memory-store.ts";
export type { TaskCall, TaskRecord } from "./record.ts";
export {
  type RedisTaskStoreOptions,
  redisTaskStore,
  type SendRedisCommand,
} from "./redis-store.ts";
export { type TasksOptions, tasks } from "./server.ts";
export {
  type SqliteDatabase,
  type SqliteStatement,
  sqliteTaskStore,
} from "./sqlite-store.ts";
export type { TaskStore, TaskUsage } from "./store.ts";
