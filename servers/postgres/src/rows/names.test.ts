import fc from "fast-check";
import { expect, test } from "vitest";
import { distinct } from "./names.ts";

test.each([
  [
    ["a", "b"],
    ["a", "b"],
  ],
  [
    ["id", "id", "id"],
    ["id", "id_2", "id_3"],
  ],
  [
    ["id", "id", "id_2"],
    ["id", "id_3", "id_2"],
  ],
  [
    ["id_2", "id", "id"],
    ["id_2", "id", "id_3"],
  ],
  [
    ["", ""],
    ["", "_2"],
  ],
])("%j become %j", (names, result) => {
  expect(distinct(names)).toEqual(result);
});

test("names are each there once, and those that were alone keep theirs", () => {
  const name = fc.constantFrom("a", "a_2", "a_3", "b", "", "__proto__");
  fc.assert(
    fc.property(fc.array(name), (names) => {
      const result = distinct(names);
      expect(new Set(result).size).toBe(names.length);
      names.forEach((one, index) => {
        if (names.indexOf(one) === index) expect(result[index]).toBe(one);
      });
    }),
    { seed: 4_711, numRuns: 1_000 },
  );
});
