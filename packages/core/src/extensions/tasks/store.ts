import type { TaskRecord } from "./record.ts";

/** What one caller has in a store. */
export interface TaskUsage {
  readonly tasks: number;
  /** Characters of JSON, all its tasks together. */
  readonly characters: number;
}

/**
 * Where tasks are kept. It knows nothing of what they mean: it keeps records, replaces one only if nobody else
 * did meanwhile, and forgets them when their time is over.
 */
export interface TaskStore {
  /** True when other processes may change records too, so that a change must be looked for. */
  readonly shared: boolean;
  /** Adds a record. Once it resolves, `get` finds it, from every process that shares the store. */
  create(record: TaskRecord): Promise<void>;
  /** The record, unless there is none or its time is over. */
  get(id: string): Promise<TaskRecord | undefined>;
  /** Puts `record` in the place of the one with its id and the version before; false when there is none such. */
  replace(record: TaskRecord): Promise<boolean>;
  /** What the caller with this id has in the store; null stands for all who did not authenticate. */
  usage(owner: string | null): Promise<TaskUsage>;
}
