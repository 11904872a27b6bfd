import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SeenProofs } from "./seen-proofs.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

test("a proof is new once for each key until its time is up", () => {
  const seen = new SeenProofs();
  expect(seen.note("key", "1", 1_000_100)).toBe("new");
  expect(seen.note("key", "1", 1_000_100)).toBe("replayed");
  expect(seen.note("other", "1", 1_000_100)).toBe("new");
  vi.setSystemTime(1_000_100);
  expect(seen.note("key", "1", 1_000_200)).toBe("new");
});

test("one key can fill its own room only, and fills it without forgetting anything", () => {
  const seen = new SeenProofs();
  for (let at = 0; at < 100_000; at++) seen.note("greedy", String(at), 1_000_100);
  expect(seen.note("greedy", "more", 1_000_100)).toBe("full");
  expect(seen.note("greedy", "0", 1_000_100)).toBe("replayed");
  expect(seen.note("modest", "1", 1_000_100)).toBe("new");
  vi.setSystemTime(1_000_101);
  expect(seen.note("greedy", "more", 1_000_200)).toBe("new");
});

test("all keys together are bounded, and what ran out makes room", () => {
  const seen = new SeenProofs();
  for (let key = 0; key < 5; key++) {
    for (let at = 0; at < 100_000; at++) seen.note(`key ${key}`, String(at), 1_000_100);
  }
  expect(seen.note("late", "1", 1_000_300)).toBe("full");
  vi.setSystemTime(1_000_101);
  expect(seen.note("late", "1", 1_000_300)).toBe("new");
});
