import fc from "fast-check";
import { expect, test } from "vitest";
import { type JsonPath, lineOf, syntaxErrorIn, writePath } from "./lines.ts";

test("a path is written as in a program", () => {
  expect(writePath(["tools", 0, "parameters", 1, "type"])).toBe("tools[0].parameters[1].type");
});

test("a value is found on its line, and one that is not there where it would be", () => {
  const text = `{\n  "a": [1,\n    {"b": "x",\n     "c:,[]{}\\"": 2}\n  ],\n  "d": {}\n}`;
  expect(lineOf(text, ["a"])).toBe(2);
  expect(lineOf(text, ["a", 1])).toBe(3);
  expect(lineOf(text, ["a", 1, 'c:,[]{}"'])).toBe(4);
  expect(lineOf(text, ["d"])).toBe(6);
  expect(lineOf(text, ["a", 1, "missing"])).toBe(3);
});

/** Every path of a JSON value. */
function* pathsOf(value: unknown, path: JsonPath = []): Generator<JsonPath> {
  yield path;
  if (Array.isArray(value))
    for (const [at, one] of value.entries()) yield* pathsOf(one, [...path, at]);
  else if (typeof value === "object" && value !== null)
    for (const [key, one] of Object.entries(value)) yield* pathsOf(one, [...path, key]);
}

test("every value of any JSON is found, each on a line of its own where it is printed so", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const parsed = JSON.parse(JSON.stringify(value));
      const text = JSON.stringify(parsed, null, 1);
      const lines = text.split("\n");
      for (const path of pathsOf(parsed)) {
        const line = lines[lineOf(text, path) - 1] ?? "";
        const last = path.at(-1);
        if (typeof last === "string")
          expect(line.trim().startsWith(JSON.stringify(last))).toBe(true);
      }
    }),
    { seed: 4, numRuns: 200 },
  );
});

test("a mistake in JSON is found where nothing could mend it any more", () => {
  expect(syntaxErrorIn('{"a": 1,}')).toBe(8);
  expect(syntaxErrorIn('{\n  "a": oops\n}')).toBe(9);
  expect(syntaxErrorIn('{"a": [1 2]}')).toBe(9);
  expect(syntaxErrorIn('{"a": "b')).toBe(8);
});
