import fc from "fast-check";
import { expect, test } from "vitest";
import { readFloat, readJson } from "./value.ts";

test.each([
  ["1e400", "1e400"],
  ["-0.30000000000000000001", "-0.30000000000000000001"],
  ["12345678901234567890", "12345678901234567890"],
  ["9007199254740993", "9007199254740993"],
  ["9007199254740992", 9007199254740992],
  ["1.10", 1.1],
  ["1.500000000000000000", 1.5],
  ["11e-1", 1.1],
  ["1E+2", 100],
  ["-0.0", -0],
  ["0e10", 0],
])("the number %s of JSON is %j", (text, value) => {
  expect(readJson(text)).toEqual(value);
  expect(readJson(`{"a":[${text}]}`)).toEqual({ a: [value] });
});

test("texts in JSON that look like long numbers stay texts", () => {
  expect(readJson('["12345678901234567890", "1e400"]')).toEqual(["12345678901234567890", "1e400"]);
});

test("what JavaScript can write it reads again, whatever is in it", () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      expect(readJson(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    { seed: 4_711, numRuns: 500 },
  );
});

test("a whole number of any length is exact", () => {
  fc.assert(
    fc.property(fc.bigInt(), (number) => {
      expect(String(BigInt(readJson(String(number)) as string | number))).toBe(String(number));
    }),
    { seed: 4_711, numRuns: 500 },
  );
});

test.each(["NaN", "Infinity", "-Infinity"])("%s is no number of JSON and stays text", (text) => {
  expect(readFloat(text)).toBe(text);
});
