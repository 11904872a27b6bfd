import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { atTime } from "./at-time.ts";

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

const DAY_MS = 24 * 60 * 60 * 1000;

test.each([5, 30 * DAY_MS, 400 * DAY_MS])("acts when %d ms are over, and once", (wait) => {
  const act = vi.fn();
  atTime(Date.now() + wait, act);
  vi.advanceTimersByTime(wait - 1);
  expect(act).toHaveBeenCalledTimes(0);
  vi.advanceTimersByTime(1 + 400 * DAY_MS);
  expect(act).toHaveBeenCalledTimes(1);
});

test("acts soon when the time is past, but not before it returned", () => {
  const act = vi.fn();
  atTime(0, act);
  expect(act).toHaveBeenCalledTimes(0);
  vi.advanceTimersByTime(1);
  expect(act).toHaveBeenCalledTimes(1);
});

test.each([5, 400 * DAY_MS])("does not act once called off, with %d ms to go", (wait) => {
  const act = vi.fn();
  const stop = atTime(Date.now() + wait, act);
  vi.advanceTimersByTime(wait - 1);
  stop();
  vi.advanceTimersByTime(wait);
  expect(act).toHaveBeenCalledTimes(0);
  expect(vi.getTimerCount()).toBe(0);
});
