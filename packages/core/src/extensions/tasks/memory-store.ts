import { expiryOf, type TaskRecord } from "./record.ts";
import type { TaskStore, TaskUsage } from "./store.ts";

/** How many new tasks come between two looks for those whose time is over. */
const SWEEP_EVERY = 64;

interface Kept {
  readonly record: TaskRecord;
  readonly characters: number;
}

/**
 * Keeps tasks in this process: they are gone when it ends.
 * @param now the clock, in milliseconds since the epoch
 */
export function memoryTaskStore(now: () => number = Date.now): TaskStore {
  const kept = new Map<string, Kept>();
  const usage = new Map<string | null, TaskUsage>();
  let created = 0;

  const count = (owner: string | null, tasks: number, characters: number): void => {
    const before = usage.get(owner) ?? { tasks: 0, characters: 0 };
    const after = { tasks: before.tasks + tasks, characters: before.characters + characters };
    if (after.tasks === 0) usage.delete(owner);
    else usage.set(owner, after);
  };
  const drop = (id: string, { record, characters }: Kept): void => {
    kept.delete(id);
    count(record.owner, -1, -characters);
  };
  const sweep = (): void => {
    for (const [id, one] of kept) if (expiryOf(one.record) <= now()) drop(id, one);
  };
  const find = (id: string): Kept | undefined => {
    const found = kept.get(id);
    if (found === undefined || expiryOf(found.record) > now()) return found;
    drop(id, found);
    return undefined;
  };

  return {
    shared: false,
    async create(record) {
      if (++created % SWEEP_EVERY === 0) sweep();
      const { length } = JSON.stringify(record);
      kept.set(record.id, { record, characters: length });
      count(record.owner, 1, length);
    },
    async get(id) {
      return find(id)?.record;
    },
    async replace(record) {
      const before = find(record.id);
      if (before === undefined || before.record.version !== record.version - 1) return false;
      const { length } = JSON.stringify(record);
      kept.set(record.id, { record, characters: length });
      count(record.owner, 0, length - before.characters);
      return true;
    },
    async usage(owner) {
      sweep();
      return usage.get(owner) ?? { tasks: 0, characters: 0 };
    },
  };
}
