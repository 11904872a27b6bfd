import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Polled } from "./polled.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const nobody = () => {};

test("a change is told once, and nothing while there is none", async () => {
  const polled = new Polled(1_000);
  let state = "a";
  const changed = vi.fn();
  await polled.watch(async () => state, changed);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(changed).not.toHaveBeenCalled();
  state = "b";
  await vi.advanceTimersByTimeAsync(3_000);
  expect(changed).toHaveBeenCalledOnce();
});

test("nothing is asked before somebody watches, and no more once nobody does", async () => {
  const polled = new Polled(1_000);
  expect(vi.getTimerCount()).toBe(0);
  const look = vi.fn(async () => "a");
  const [stop, stopOther] = [await polled.watch(look, nobody), await polled.watch(look, nobody)];
  stop();
  expect(vi.getTimerCount()).toBe(1);
  stopOther();
  expect(vi.getTimerCount()).toBe(0);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(look).toHaveBeenCalledTimes(2);
});

test("a slow look is waited for, and the next begins after it", async () => {
  const polled = new Polled(1_000);
  let answer: (state: string) => void = () => {};
  const look = vi.fn(async () => "a");
  await polled.watch(look, nobody);
  look.mockImplementation(() => new Promise((resolve) => (answer = resolve)));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(look).toHaveBeenCalledTimes(2);
  answer("a");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(look).toHaveBeenCalledTimes(3);
});

test("who comes and goes while something is looked at adds no second round", async () => {
  const polled = new Polled(1_000);
  let answer: (state: string) => void = () => {};
  const look = vi.fn(async () => "a");
  const stop = await polled.watch(look, nobody);
  look.mockImplementation(() => new Promise((resolve) => (answer = resolve)));
  await vi.advanceTimersByTimeAsync(1_000);
  stop();
  await polled.watch(async () => "b", nobody);
  expect(vi.getTimerCount()).toBe(0);
  answer("a");
  await vi.advanceTimersByTimeAsync(0);
  expect(vi.getTimerCount()).toBe(1);
});

test("what cannot be asked just now is not told as a change, and asked again", async () => {
  const polled = new Polled(1_000);
  const look = vi.fn(async () => "a");
  const changed = vi.fn();
  await polled.watch(look, changed);
  look.mockRejectedValueOnce(new Error("unreachable"));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(changed).not.toHaveBeenCalled();
  look.mockResolvedValue("b");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(changed).toHaveBeenCalledOnce();
});

test("what cannot be seen at first is not watched", async () => {
  const polled = new Polled(1_000);
  const gone = async () => Promise.reject(new Error("No such thing."));
  await expect(polled.watch(gone, nobody)).rejects.toThrow("No such thing.");
  expect(vi.getTimerCount()).toBe(0);
});

test("more than a hundred are refused, and closing ends all", async () => {
  const polled = new Polled(1_000);
  const signals: AbortSignal[] = [];
  const look = async (signal: AbortSignal) => {
    signals.push(signal);
    return "a";
  };
  for (let at = 0; at < 100; at++) await polled.watch(look, nobody);
  await expect(polled.watch(look, nobody)).rejects.toThrow("unsubscribe from some first");
  polled.close();
  expect(vi.getTimerCount()).toBe(0);
  expect(signals.every(({ aborted }) => aborted)).toBe(true);
});
