import fc from "fast-check";
import { expect, test } from "vitest";
import { readArray } from "./array.ts";
import { readInteger, readText, type Value } from "./value.ts";

test.each<[string, Value]>([
  ["{}", []],
  ["{1,2}", [1, 2]],
  ["{NULL,3}", [null, 3]],
  [
    "{{1,2},{3,4}}",
    [
      [1, 2],
      [3, 4],
    ],
  ],
  ["[5:6]={7,8}", [7, 8]],
  ["[0:0][2:3]={{7,8}}", [[7, 8]]],
])("%s is an array", (text, value) => {
  expect(readArray(text, readInteger)).toEqual(value);
});

test.each([
  ['{"a,b",c}', ["a,b", "c"]],
  ['{"NULL",NULL}', ["NULL", null]],
  ['{"\\"","\\\\","{}"}', ['"', "\\", "{}"]],
  ['{""," "}', ["", " "]],
])("%s is an array of texts", (text, value) => {
  expect(readArray(text, readText)).toEqual(value);
});

test.each(["", "1", "{", "{1", "{1,", "{1,}", "{,}", '{"a', '{"a"b}', "{1}x", "[0:1]", "{{1}"])(
  "%j is none, and stays text",
  (text) => {
    expect(readArray(text, readText)).toBe(text);
  },
);

/** Writes an array as PostgreSQL's array_out does, with every element in quotes. */
function written(items: readonly Value[]): string {
  const texts = items.map((item) => {
    if (item === null) return "NULL";
    return Array.isArray(item) ? written(item) : `"${String(item).replace(/["\\]/g, "\\$&")}"`;
  });
  return `{${texts.join(",")}}`;
}

const items = fc.array(fc.oneof(fc.constant(null), fc.string({ unit: "grapheme" })), {
  minLength: 1,
});

test("any array of texts, nested or not, is read as it was", () => {
  fc.assert(
    fc.property(fc.oneof(items, fc.array(items, { minLength: 1 })), (array) => {
      expect(readArray(written(array), readText)).toEqual(array);
    }),
    { seed: 4_711, numRuns: 500 },
  );
});

test("any text at all is an array or stays what it is", () => {
  const pieces = fc.constantFrom("{", "}", ",", '"', "\\", "NULL", "a", "[0:1]=");
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
      const text = parts.join("");
      const value = readArray(text, readText);
      expect(Array.isArray(value) || value === text).toBe(true);
    }),
    { seed: 4_711, numRuns: 2_000 },
  );
});
