import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Poller } from "./poller.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("nothing is asked before somebody waits, and no more once nobody does", async () => {
  const poll = vi.fn(async () => {});
  const poller = new Poller({ everyMs: 1_000, poll });
  expect(vi.getTimerCount()).toBe(0);
  const [stop, stopOther] = [poller.start(), poller.start()];
  stop();
  stop();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(poll).toHaveBeenCalledTimes(2);
  stopOther();
  expect(vi.getTimerCount()).toBe(0);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(poll).toHaveBeenCalledTimes(2);
});

test("a slow round is waited for, and the next begins after it", async () => {
  const rounds: (() => void)[] = [];
  const poller = new Poller({
    everyMs: 1_000,
    poll: () => new Promise((resolve) => rounds.push(resolve)),
  });
  const stop = poller.start();
  await vi.advanceTimersByTimeAsync(10_000);
  // Who comes and goes meanwhile adds no second round.
  stop();
  poller.start();
  expect(vi.getTimerCount()).toBe(0);
  rounds[0]?.();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(rounds).toHaveLength(2);
});

test("a round that fails is followed by the next", async () => {
  const poll = vi.fn(async () => {}).mockRejectedValueOnce(new Error("unreachable"));
  new Poller({ everyMs: 1_000, poll }).start();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(poll).toHaveBeenCalledTimes(2);
});

test("closing ends the round that runs and begins no other, whoever comes later", async () => {
  const signals: AbortSignal[] = [];
  const poller = new Poller({
    everyMs: 1_000,
    poll: async (signal) => {
      signals.push(signal);
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    },
  });
  poller.start();
  await vi.advanceTimersByTimeAsync(1_000);
  poller.close();
  await vi.advanceTimersByTimeAsync(0);
  poller.start();
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  expect(vi.getTimerCount()).toBe(0);
});
