import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonValue } from "../schema/json-schema.ts";
import { redact } from "./redact.ts";

test("what a name that speaks of a secret holds is left out, at any depth and of any type", () => {
  const given: JsonValue = {
    user: "ada",
    password: "pw",
    list: [{ apiKey: 1 }, { auth: { refresh_token: {} } }],
  };
  expect(redact(given)).toEqual({
    user: "ada",
    password: "***",
    list: [{ apiKey: "***" }, { auth: { refresh_token: "***" } }],
  });
});

test("text is fit for a log, and so are names", () => {
  expect(redact({ "a\nb": "c\u001bd", url: "https://u:pw@h/" })).toEqual({
    "a\\u{a}b": "c\\u{1b}d",
    url: "https://u:***@h/",
  });
});

test("what is deep or wide is cut", () => {
  expect(redact({ a: { b: { c: { d: { e: 1 } } } } })).toEqual({ a: { b: { c: { d: "…" } } } });
  expect(redact(Array.from({ length: 100 }, () => 0))).toHaveLength(33);
  const wide = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`k${at}`, at]));
  expect(Object.keys(redact(wide) as object)).toHaveLength(33);
});

test("any JSON comes out small and printable", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
      const text = JSON.stringify(redact(value as JsonValue));
      expect(text).not.toMatch(/[\p{Cc}\u2028\u2029\u202e]/u);
    }),
    { seed: 18 },
  );
});

test("a name like a prototype's stays a name", () => {
  const given = JSON.parse('{"__proto__":{"token":"t"}}') as JsonValue;
  expect(JSON.stringify(redact(given))).toBe('{"__proto__":{"token":"***"}}');
});
