import { expect, test } from "vitest";
import { allowFunctions } from "./allowed.ts";

test("functions are allowed by name, or all of a schema", () => {
  const allowed = allowFunctions(["app.slug", "stats.*"]);
  expect(allowed("app", "slug")).toBe(true);
  expect(allowed("app", "other")).toBe(false);
  expect(allowed("stats", "anything")).toBe(true);
  expect(allowed("app", "*")).toBe(false);
});

test.each(["slug", "", "a.b.c", "*", ".f", "a."])(
  "what is no function is refused: %j",
  (pattern) => {
    expect(() => allowFunctions([pattern])).toThrow("write schema.name, or schema.* for all");
  },
);
