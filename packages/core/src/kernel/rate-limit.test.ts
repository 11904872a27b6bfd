import { describe, expect, test } from "vitest";
import { RateLimit } from "./rate-limit.ts";

describe("a rate limit", () => {
  test("lets a burst through and then holds the rate", () => {
    let now = 0;
    const limit = new RateLimit(2, 10, () => now);
    expect([limit.take(), limit.take(), limit.take()]).toEqual([true, true, false]);
    now = 99;
    expect(limit.take()).toBe(false);
    now = 199;
    expect([limit.take(), limit.take()]).toEqual([true, false]);
    now = 100_000;
    expect([limit.take(), limit.take(), limit.take()]).toEqual([true, true, false]);
  });
});
