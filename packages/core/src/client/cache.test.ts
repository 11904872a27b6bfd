import { beforeEach, describe, expect, test } from "vitest";
import { ResponseCache } from "./cache.ts";

let now = 0;
let cache: ResponseCache;
beforeEach(() => {
  now = 1000;
  cache = new ResponseCache({ now: () => now, characters: 400 });
});

const read = (uri: string, partition = "") => ({
  method: "resources/read",
  params: { uri },
  partition,
});
const list = { method: "tools/list", params: {}, partition: "" };
const fresh = { ttlMs: 100, cacheScope: "public" };
const keep = (question: typeof list | ReturnType<typeof read>, result: object = fresh) =>
  cache.put(question, { ...result } as never, cache.generation);

describe("a kept result", () => {
  test("is given until its time is over", () => {
    keep(list);
    now += 99;
    expect(cache.get(list)).toEqual(fresh);
    now += 1;
    expect(cache.get(list)).toBeUndefined();
  });

  test("is a copy, so that changing it changes nothing for others", () => {
    keep(list, { ...fresh, tools: [] });
    const copy = cache.get(list) as { tools: unknown[] };
    copy.tools.push("mine");
    expect(cache.get(list)).toEqual({ ...fresh, tools: [] });
  });

  test("answers only the same method and the same params", () => {
    keep(list);
    expect(cache.get({ ...list, params: { cursor: "" } })).toBeUndefined();
    expect(cache.get({ ...list, method: "prompts/list" })).toBeUndefined();
  });

  test.each([{}, { ttlMs: 0 }, { ttlMs: -5 }, { ttlMs: "100" }, { ttlMs: null }])(
    "does not exist where the server allowed none: %j",
    (result) => {
      keep(list, result);
      expect(cache.get(list)).toBeUndefined();
    },
  );

  test.each(["private", undefined, "galactic"])(
    "of scope %s stays within its authorization context",
    (cacheScope) => {
      keep(read("a", "ann"), { ttlMs: 100, cacheScope });
      expect(cache.get(read("a", "bob"))).toBeUndefined();
      expect(cache.get(read("a", "ann"))).toBeDefined();
    },
  );

  test("of public scope is everyone's", () => {
    keep(read("a", "ann"));
    expect(cache.get(read("a", "bob"))).toEqual(fresh);
  });
});

describe("a notification", () => {
  test.each([
    ["notifications/tools/list_changed", "tools/list"],
    ["notifications/prompts/list_changed", "prompts/list"],
    ["notifications/resources/list_changed", "resources/list"],
    ["notifications/resources/list_changed", "resources/templates/list"],
  ])("%s drops %s at once and nothing else", (notification, method) => {
    keep({ ...list, method });
    keep(read("a"));
    cache.invalidate(notification, {});
    expect(cache.get({ ...list, method })).toBeUndefined();
    expect(cache.get(read("a"))).toBeDefined();
  });

  test("of an update drops the resource, and what contains it", () => {
    for (const uri of ["f:///a", "f:///a/b", "f:///ab"]) keep(read(uri));
    cache.invalidate("notifications/resources/updated", { uri: "f:///a/b" });
    expect(cache.get(read("f:///a"))).toBeUndefined();
    expect(cache.get(read("f:///a/b"))).toBeUndefined();
    expect(cache.get(read("f:///ab"))).toBeDefined();
  });

  test("also keeps out an answer that was on its way when it came", () => {
    const { generation } = cache;
    cache.invalidate("notifications/tools/list_changed", {});
    cache.put(list, { ...fresh }, generation);
    expect(cache.get(list)).toBeUndefined();
  });

  test("of another kind changes nothing", () => {
    keep(list);
    cache.invalidate("notifications/message", {});
    cache.invalidate("constructor", {});
    expect(cache.get(list)).toBeDefined();
  });
});

describe("the size", () => {
  test("is bounded: what was not used for longest goes first", () => {
    const big = { ...fresh, text: "x".repeat(100) };
    for (const uri of ["a", "b"]) keep(read(uri), big);
    cache.get(read("a"));
    keep(read("c"), big);
    expect(["a", "b", "c"].map((uri) => cache.get(read(uri)) !== undefined)).toEqual([
      true,
      false,
      true,
    ]);
  });

  test("keeps out what alone is too large", () => {
    keep(list);
    keep(read("a"), { ...fresh, text: "x".repeat(500) });
    expect(cache.get(read("a"))).toBeUndefined();
    expect(cache.get(list)).toBeDefined();
  });

  test("is not spent on what may not be kept", () => {
    keep(read("a"), { ...fresh, text: "x".repeat(200) });
    keep(read("b"), { ttlMs: 0, text: "x".repeat(200) });
    expect(cache.get(read("a"))).toBeDefined();
  });

  test("is nothing after clear", () => {
    keep(list);
    cache.clear();
    expect(cache.get(list)).toBeUndefined();
  });
});
