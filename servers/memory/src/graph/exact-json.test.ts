import fc from "fast-check";
import { expect, test } from "vitest";
import { numberIn, parseExactly } from "./exact-json.ts";

test.each([
  "12345678901234567890",
  "-9007199254740993",
  "9007199254740993",
  "1.0",
  "1e400",
  "1E5",
  "-0",
  "0.1234567890123456789",
  '{"a":[1.50,{"b":100000000000000000000000}],"c":"1e5"}',
])("gives %s out again as it was written", (text) => {
  expect(JSON.stringify(parseExactly(text))).toBe(text);
});

test("gives any number out again, to its value and its digits", () => {
  const digits = fc.stringMatching(/^-?(0|[1-9]\d{0,25})(\.\d{1,25})?([eE][+-]?\d{1,3})?$/);
  fc.assert(
    fc.property(digits, (number) => {
      const again = JSON.stringify(parseExactly(`{"x":[${number}]}`));
      // What is held exactly may be written in another notation: 0.0000001 as 1e-7.
      if (String(Number(number)).includes("e") && !/e/i.test(number)) {
        expect(Number(JSON.parse(again).x[0])).toBe(Number(number));
      } else expect(again).toBe(`{"x":[${number}]}`);
    }),
    { seed: 71, numRuns: 2_000 },
  );
});

test("is what JSON.parse gives for anything else", () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = JSON.stringify(value);
      expect(JSON.stringify(parseExactly(text))).toBe(text);
      expect(() => parseExactly(`${text}}`)).toThrow(SyntaxError);
    }),
    { seed: 72 },
  );
});

test("knows a number however it was written", () => {
  expect(numberIn(parseExactly("1.0"))).toBe(1);
  expect(numberIn(parseExactly("0.25"))).toBe(0.25);
  expect(numberIn(parseExactly('"1"'))).toBeUndefined();
  expect(numberIn(parseExactly("[1]"))).toBeUndefined();
});
