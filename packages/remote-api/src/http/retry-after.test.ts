import { expect, test } from "vitest";
import { waitAskedFor } from "./retry-after.ts";

const now = Date.parse("2026-01-01T00:00:00Z");
const wait = (headers: Record<string, string>) => waitAskedFor(new Headers(headers), now);

test("a service says how long to wait in seconds, as a date, or by its windows", () => {
  expect(wait({ "retry-after": "7" })).toBe(7_000);
  expect(wait({ "retry-after": "Thu, 01 Jan 2026 00:01:00 GMT" })).toBe(60_000);
  expect(wait({ "retry-after": "Wed, 31 Dec 2025 00:00:00 GMT" })).toBe(0);
  expect(wait({ "x-ratelimit-remaining": "0", "x-ratelimit-reset": `${now / 1_000 + 30}` })).toBe(
    30_000,
  );
  expect(wait({ "x-ratelimit-remaining": "0, 12", "x-ratelimit-reset": "1, 86400" })).toBe(1_000);
});

test("a service that says nothing, or nonsense, asks for nothing", () => {
  expect(wait({})).toBeUndefined();
  expect(wait({ "retry-after": "soon" })).toBeUndefined();
  expect(wait({ "x-ratelimit-remaining": "5", "x-ratelimit-reset": "60" })).toBeUndefined();
});
