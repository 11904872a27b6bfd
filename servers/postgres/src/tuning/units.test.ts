import fc from "fast-check";
import { expect, test } from "vitest";
import { bytes, counted, duration, oneLine, percent } from "./units.ts";

test.each([
  [0, "0 B"],
  [1_023, "1023 B"],
  [1_536, "1.5 KB"],
  [10 * 1_048_576, "10 MB"],
  [1.5 * 2 ** 40, "1.5 TB"],
])("%d bytes read as %s", (count, text) => {
  expect(bytes(count)).toBe(text);
});

test.each([
  [0.0123, "12.3 ms"],
  [45, "45 s"],
  [60, "1 min"],
  [3_725, "1 h 2 min"],
  [190_000, "2 d 4 h"],
])("%d seconds read as %s", (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

test("shares and counts read as people write them", () => {
  expect([0, 0.00001, 0.1234, 1].map(percent)).toEqual(["0 %", "under 0.1 %", "12.3 %", "100 %"]);
  expect([counted(1, "index", "indexes"), counted(2_000, "index", "indexes")]).toEqual([
    "1 index",
    "2,000 indexes",
  ]);
});

test("a text becomes one line that is never longer than asked", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 50 }), (text, most) => {
      const line = oneLine(text, most);
      expect(line.length).toBeLessThanOrEqual(most);
      expect(line).not.toMatch(/[\r\n\t]/);
    }),
    { seed: 20_261_122 },
  );
});
