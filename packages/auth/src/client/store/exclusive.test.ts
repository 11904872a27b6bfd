import { expect, test } from "vitest";
import { exclusively } from "./exclusive.ts";

test("works of one owner and name are done one after another, in the order they came", async () => {
  const owner = {};
  const log: string[] = [];
  const work = (name: string) => async () => {
    log.push(`${name} begins`);
    await Promise.resolve();
    log.push(`${name} ends`);
    return name;
  };
  const all = ["a", "b", "c"].map((name) => exclusively(owner, "one", undefined, work(name)));
  expect(await Promise.all(all)).toEqual(["a", "b", "c"]);
  expect(log).toEqual(["a", "b", "c"].flatMap((name) => [`${name} begins`, `${name} ends`]));
});

test("works of other names and owners do not wait", async () => {
  const owner = {};
  const { promise, resolve } = Promise.withResolvers<void>();
  const held = exclusively(owner, "one", undefined, () => promise);
  expect(await exclusively(owner, "two", undefined, async () => "two")).toBe("two");
  expect(await exclusively({}, "one", undefined, async () => "other")).toBe("other");
  resolve();
  await held;
});

test("a work that fails lets the next one begin", async () => {
  const owner = {};
  const failing = exclusively(owner, "one", undefined, async () => {
    throw new Error("no");
  });
  const next = exclusively(owner, "one", undefined, async () => "next");
  await expect(failing).rejects.toThrow("no");
  expect(await next).toBe("next");
});

test("whoever gives up waiting neither begins nor lets others overtake", async () => {
  const owner = {};
  const log: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const held = exclusively(owner, "one", undefined, () => promise);
  const giveUp = new AbortController();
  const waiting = exclusively(owner, "one", giveUp.signal, async () => log.push("given up"));
  const last = exclusively(owner, "one", undefined, async () => log.push("last"));
  giveUp.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
  expect(log).toEqual([]);
  resolve();
  await Promise.all([held, last]);
  expect(log).toEqual(["last"]);
});
