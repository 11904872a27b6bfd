import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Parameter } from "../../src/database/database.ts";
import { CASES, openTest, signal } from "./open.ts";

const text = fc
  .string({ unit: "binary" })
  .filter((one) => !one.includes("\0") && one.isWellFormed());

describe.each(CASES)("on PostgreSQL $version as $user", ({ version, user }) => {
  test("any text arrives as it is, alone and in arrays", async () => {
    const { database } = await openTest(version, user);
    const arrays = fc.array(fc.option(text), { minLength: 1, maxLength: 5 });
    await database.read({ signal }, async (session) => {
      const both = fc.asyncProperty(text, arrays, async (one, many) => {
        const { rows } = await session.query("SELECT $1::text, to_json($2::text[])", [one, many]);
        expect(rows[0]?.[0]).toBe(one);
        expect(JSON.parse(rows[0]?.[1] ?? "")).toEqual(many);
      });
      await fc.assert(both, { seed: 20_261_122, numRuns: 150 });
    });
  });

  test.each<[string, Parameter, string | null]>([
    ["int8", 9_223_372_036_854_775_807n, "9223372036854775807"],
    ["numeric", "0.10", "0.10"],
    ["float8", 0.1, "0.1"],
    ["float8", Number.NaN, "NaN"],
    ["float8", Number.NEGATIVE_INFINITY, "-Infinity"],
    ["bool", true, "t"],
    ["int", null, null],
    ["int[]", [1, null, 3], "{1,NULL,3}"],
    [
      "int[]",
      [
        [1, 2],
        [3, 4],
      ],
      "{{1,2},{3,4}}",
    ],
    ["text[]", [], "{}"],
    ["text[]", ["NULL", "", ",", "{}"], '{"NULL","",",","{}"}'],
    ["bool[]", [true, false], "{t,f}"],
    ["jsonb", '{"a": 1}', '{"a": 1}'],
    ["bytea", "\\xff00", "\\xff00"],
  ])("a %s can be bound as %o", async (type, parameter, written) => {
    const { database } = await openTest(version, user);
    const { rows } = await database.read({ signal }, (session) =>
      session.query(`SELECT $1::${type}`, [parameter]),
    );
    expect(rows).toEqual([[written]]);
  });

  test("what the protocol cannot carry is refused before it is sent", async () => {
    const { database } = await openTest(version, user);
    for (const [sql, parameters, part] of [
      ["SELECT 1 \0 ; DROP TABLE facts", [], "The statement holds a NUL"],
      ["SELECT $1", ["a\0b"], "Parameter $1 holds a NUL"],
      ["SELECT $1::text[]", [["a", "\0"]], "Parameter $1 holds a NUL"],
      ["SELECT $1", ["\ud800"], "surrogate"],
      ["SELECT '\udfff'", [], "surrogate"],
      ["SELECT 1", Array.from({ length: 65_536 }, () => 1), "at most 65535"],
    ] as const) {
      const work = database.read({ signal }, (session) => session.query(sql, parameters));
      await expect(work).rejects.toMatchObject({
        name: "DatabaseError",
        message: expect.stringContaining(part),
      });
    }
  });
});
