import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "../schema/compile.ts";
import { register } from "./catalogue.ts";
import { checkFor } from "./check.ts";
import { vocabulary } from "./derive.ts";
import { REVISIONS } from "./index.ts";

describe.each(REVISIONS)("in %s", (revision) => {
  const $defs = vocabulary(revision);

  test("every shape is sound, and is checked as if all of it were compiled", () => {
    for (const [name, shape] of Object.entries($defs)) {
      const check = checkFor({ json: { $ref: `#/$defs/${name}` } }, revision);
      const whole = compile({ $ref: `#/$defs/${name}`, $defs });
      const value = fc.record(
        Object.fromEntries(Object.keys(shape.properties ?? {}).map((key) => [key, fc.jsonValue()])),
        { requiredKeys: [] },
      );
      fc.assert(
        fc.property(fc.oneof(value, fc.jsonValue()), (one) => {
          expect(check(one)).toEqual(whole(one));
        }),
        { numRuns: 10 },
      );
    }
  });
});

test("what brings its own definitions is compiled whole, so that what is wrong with it is found at once", () => {
  const json = {
    $ref: "#/$defs/a",
    $defs: { a: { anyOf: [{ $ref: "#/$defs/b" }] }, b: { type: 1 } },
  };
  expect(() => checkFor({ json: json as never }, "2025-11-25")).toThrow("type");
});

test("a shape may hold itself", () => {
  const reference = register("HoldsItself", () => ({
    type: "object",
    properties: { name: true, inner: reference },
    required: ["name"],
  }));
  const check = checkFor({ json: reference }, "2025-11-25");
  expect(check({ name: 1, inner: { name: 2, inner: { name: 3 } } })).toBeUndefined();
  expect(check({ name: 1, inner: { name: 2, inner: {} } })).toMatchObject([
    { path: ["inner", "inner", "name"] },
  ]);
});
