import { expect, test } from "vitest";
import type { GraphStore } from "./graph/store.ts";
import { LazyStore } from "./lazy-store.ts";

/** A store of which only the end matters here, and how often each was opened and closed. */
function counting(failures = 0) {
  const seen = { opened: 0, closed: 0 };
  const store = { close: async () => void seen.closed++ } as unknown as GraphStore;
  const lazy = new LazyStore(async () => {
    if (seen.opened++ < failures) throw new Error("not now");
    return store;
  });
  return { seen, store, lazy };
}

test("is opened by the first who needs it, and once", async () => {
  const { seen, store, lazy } = counting();
  expect(seen.opened).toBe(0);
  expect(await Promise.all([lazy.get(), lazy.get()])).toEqual([store, store]);
  expect(seen.opened).toBe(1);
});

test("that could not be opened is tried again by the next call", async () => {
  const { seen, store, lazy } = counting(1);
  await expect(lazy.get()).rejects.toThrow("not now");
  expect(await lazy.get()).toBe(store);
  expect(seen.opened).toBe(2);
});

test("tells those who wait for it, without being opened by them", async () => {
  const { seen, lazy } = counting(1);
  const told: string[] = [];
  lazy.whenOpen(() => told.push("early"));
  lazy.whenOpen(() => told.push("gave up"))();
  await expect(lazy.get()).rejects.toThrow();
  expect([seen.opened, told]).toEqual([1, []]);
  await lazy.get();
  lazy.whenOpen(() => told.push("late"));
  expect(told).toEqual(["early", "late"]);
});

test("is closed once, and not opened for it", async () => {
  const unused = counting();
  await unused.lazy.close();
  expect(unused.seen).toEqual({ opened: 0, closed: 0 });
  const used = counting();
  await used.lazy.get();
  await Promise.all([used.lazy.close(), used.lazy.close()]);
  expect(used.seen).toEqual({ opened: 1, closed: 1 });
  await expect(used.lazy.get()).rejects.toThrow("closed");
});
