import fc from "fast-check";
import { expect, test } from "vitest";
import { decode } from "./codec.ts";
import { deeperThan } from "./depth.ts";

/** How deep a parsed value is, by walking it. */
function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

test("the depth read from a text is the depth of its value", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 8 }), (text) => {
      const depth = depthOf(JSON.parse(text));
      expect(deeperThan(text, depth)).toBe(false);
      if (depth > 0) expect(deeperThan(text, depth - 1)).toBe(true);
    }),
    { seed: 20261122, numRuns: 1000 },
  );
});

test("brackets in strings do not count, whatever is escaped around them", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("[", "{", '"', "\\", "a"), { maxLength: 30 }), (parts) => {
      expect(deeperThan(JSON.stringify([parts.join("")]), 1)).toBe(false);
    }),
    { seed: 20261122, numRuns: 1000 },
  );
});

test("a message at the limit is decoded and one level more is refused", () => {
  const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  expect(depthOf(decode(nested(256)))).toBe(256);
  expect(() => decode(`${nested(257)} `)).toThrow("nested deeper than 256 levels");
});

test("32 MB of open brackets are refused without being parsed", () => {
  const before = process.resourceUsage().maxRSS;
  expect(() => decode("[".repeat(32 * 1024 * 1024))).toThrow("nested deeper than 256 levels");
  expect(process.resourceUsage().maxRSS - before).toBeLessThan(200 * 1024);
});
