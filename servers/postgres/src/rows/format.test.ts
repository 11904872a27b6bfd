import fc from "fast-check";
import { expect, test } from "vitest";
import { writerOf } from "./format.ts";
import { distinct } from "./names.ts";
import type { Value } from "./value.ts";

/** Names an object keeps in the order they were given: it puts those of whole numbers first. */
const name = fc.string().filter((text) => !/^\d+$/.test(text));
const value = fc.jsonValue() as fc.Arbitrary<Value>;

test("json is what JSON.stringify writes of the rows as objects", () => {
  const table = fc.array(name, { maxLength: 5 }).chain((names) => {
    const row = fc.tuple(...names.map(() => value)) as fc.Arbitrary<Value[]>;
    return fc.record({ names: fc.constant(names), rows: fc.array(row, { maxLength: 4 }) });
  });
  fc.assert(
    fc.property(table, ({ names, rows }) => {
      const { before, between, after, none, row } = writerOf(
        "json",
        names.map((name) => ({ name, type: 0 })),
      );
      const written = rows.map((values) => row([], values));
      const objects = rows.map((values) =>
        Object.fromEntries(distinct(names).map((name, index) => [name, values[index]])),
      );
      const all = rows.length === 0 ? none : `${before}${written.join(between)}${after}`;
      expect(all).toBe(JSON.stringify(objects, null, 2));
    }),
  );
});
