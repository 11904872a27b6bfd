import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ChangeDetector } from "./change-detector.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const everyMs = 1_000;
const nobody = () => {};

test("a change is told once, and nothing while there is none", async () => {
  const detector = new ChangeDetector({ everyMs });
  let state = "a";
  const changed = vi.fn();
  await detector.watch(async () => state, changed);
  await vi.advanceTimersByTimeAsync(3 * everyMs);
  expect(changed).not.toHaveBeenCalled();
  state = "b";
  await vi.advanceTimersByTimeAsync(3 * everyMs);
  expect(changed).toHaveBeenCalledOnce();
});

test("who stopped watching hears of nothing, not even of what was just looked at", async () => {
  const detector = new ChangeDetector({ everyMs });
  let answer: (state: string) => void = nobody;
  const look = vi.fn(async () => "a");
  const changed = vi.fn();
  const stop = await detector.watch(look, changed);
  look.mockImplementation(() => new Promise((resolve) => (answer = resolve)));
  await vi.advanceTimersByTimeAsync(everyMs);
  stop();
  answer("b");
  await vi.advanceTimersByTimeAsync(10 * everyMs);
  expect(changed).not.toHaveBeenCalled();
  expect(look).toHaveBeenCalledTimes(2);
});

test("what cannot be asked just now is not told as a change, and asked again", async () => {
  const detector = new ChangeDetector({ everyMs });
  const look = vi.fn(async () => "a");
  const changed = vi.fn();
  await detector.watch(look, changed);
  look.mockRejectedValueOnce(new Error("unreachable"));
  await vi.advanceTimersByTimeAsync(2 * everyMs);
  expect(changed).not.toHaveBeenCalled();
  look.mockResolvedValue("b");
  await vi.advanceTimersByTimeAsync(everyMs);
  expect(changed).toHaveBeenCalledOnce();
});

test("what cannot be seen at first is not watched", async () => {
  const detector = new ChangeDetector({ everyMs, most: 1 });
  const gone = async () => Promise.reject(new Error("No such thing."));
  await expect(detector.watch(gone, nobody)).rejects.toThrow("No such thing.");
  expect(vi.getTimerCount()).toBe(0);
  await detector.watch(async () => "a", nobody);
  expect(vi.getTimerCount()).toBe(1);
});

test("no more than a given number are watched, however many come at once", async () => {
  const detector = new ChangeDetector({ everyMs, most: 3 });
  const watching = Array.from({ length: 5 }, () => detector.watch(async () => "a", nobody));
  const settled = await Promise.allSettled(watching);
  const refused = settled.flatMap((one) => (one.status === "rejected" ? [one.reason.message] : []));
  const why = "3 resources are watched already; unsubscribe from some first.";
  expect(refused).toEqual([why, why]);
});

test("closing ends all", async () => {
  const detector = new ChangeDetector({ everyMs });
  const signals: AbortSignal[] = [];
  const look = async (signal: AbortSignal) => {
    signals.push(signal);
    return "a";
  };
  await detector.watch(look, nobody);
  detector.close();
  await vi.advanceTimersByTimeAsync(3 * everyMs);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  expect(vi.getTimerCount()).toBe(0);
});
