import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { GraphStore } from "./graph/store.ts";
import type { Changed, Scope } from "./graph/types.ts";
import { LazyStore } from "./lazy-store.ts";
import { ListChanges } from "./list-changes.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A store of which only what can be heard matters here. */
function listening(project = "default") {
  const listeners = new Set<(change: Changed) => void>();
  const opened = vi.fn();
  const store = new LazyStore(async () => {
    opened();
    return {
      watch(listener: (change: Changed) => void) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    } as unknown as GraphStore;
  });
  const changes = new ListChanges({ store, project });
  const write = (scope: Scope) => {
    for (const listener of listeners) listener({ scope });
    vi.advanceTimersByTime(1_000);
  };
  return { changes, store, opened, listeners, write };
}

const usual: Scope = { owner: "", project: "default" };

test("is told while somebody listens, once for what comes together", async () => {
  const { changes, store, listeners, write } = listening();
  const heard = vi.fn();
  const silence = changes.listen(heard);
  await store.get();
  for (const listener of listeners) for (let at = 0; at < 5; at++) listener({ scope: usual });
  write(usual);
  expect(heard.mock.calls).toEqual([[{ kind: "list", list: "resources" }]]);
  silence();
  expect(listeners.size).toBe(0);
});

test("opens no store, and hears of one that is opened later by two listeners once", async () => {
  const { changes, store, opened, listeners, write } = listening();
  const heard = vi.fn();
  const stops = [changes.listen(heard), changes.listen(() => undefined)];
  expect(opened).not.toHaveBeenCalled();
  await store.get();
  expect(listeners.size).toBe(1);
  stops[1]?.();
  write(usual);
  expect(heard).toHaveBeenCalledTimes(1);
  stops[0]?.();
  stops[0]?.();
  expect(listeners.size).toBe(0);
});

test.each([
  { owner: "ann", project: "default" },
  { owner: "", project: "shop" },
])("says nothing of what $owner writes in $project, which is in nobody's list", async (scope) => {
  const { changes, store, write } = listening();
  const heard = vi.fn();
  changes.listen(heard);
  await store.get();
  write(scope);
  expect(heard).not.toHaveBeenCalled();
});

test("can be listened to again after everybody stopped", async () => {
  const { changes, store, write } = listening();
  changes.listen(() => undefined)();
  await store.get();
  const heard = vi.fn();
  changes.listen(heard);
  write(usual);
  expect(heard).toHaveBeenCalledTimes(1);
});
