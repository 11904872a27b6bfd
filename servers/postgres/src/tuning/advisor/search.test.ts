import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Candidate } from "./candidates.ts";
import { type Costing, search, type Weighed } from "./search.ts";
import type { Table } from "./table.ts";

function candidate(names: string, bytes = 100, id = 1): Candidate {
  const columns = names.split(",").map((name) => ({ name, descending: false }));
  return { key: `${id} ${names}`, table: { id } as Table, columns, bytes };
}

interface Priced extends Weighed {
  /** What it costs without an index, and with each. */
  readonly price: number;
  readonly prices: Readonly<Record<string, number>>;
}

function statement(key: number, price: number, prices: Record<string, number>, weight = 1): Priced {
  return { key, weight, tables: new Set([1]), price, prices };
}

const costing: Costing<Priced> = async ({ price, prices }, indexes) =>
  Math.min(
    price,
    ...indexes.map(({ columns }) => prices[columns.map(({ name }) => name).join(",")] ?? price),
  );

const limits = { bytes: 1_000, indexes: 8, timeIsUp: () => false };
const names = (chosen: readonly { candidate: Candidate }[]) =>
  chosen.map(({ candidate: { columns } }) => columns.map(({ name }) => name).join(","));

describe("the search for indexes", () => {
  test("takes what saves most first, and tells what each adds", async () => {
    const statements = [statement(0, 1_000, { a: 10 }), statement(1, 500, { b: 10 }, 10)];
    const found = await search(statements, [candidate("a"), candidate("b")], costing, limits);
    expect(names(found.chosen)).toEqual(["b", "a"]);
    expect(found).toMatchObject({ before: 6_000, after: 110, cut: false });
    expect(found.chosen[0]).toMatchObject({
      gain: 4_900 / 6_000,
      helps: [{ before: 500, after: 10 }],
    });
  });

  test("takes the smaller of two that save nearly the same", async () => {
    const statements = [statement(0, 1_000, { a: 12, "a,b": 10 })];
    const found = await search(
      statements,
      [candidate("a,b", 300), candidate("a", 100)],
      costing,
      limits,
    );
    expect(names(found.chosen)).toEqual(["a"]);
  });

  test("takes none that saves too little of the whole, or of any statement", async () => {
    const rare = [statement(0, 10_000, {}), statement(1, 60, { a: 10 })];
    expect(names((await search(rare, [candidate("a")], costing, limits)).chosen)).toEqual([]);
    const slight = [statement(0, 1_000, { a: 800 })];
    expect(names((await search(slight, [candidate("a")], costing, limits)).chosen)).toEqual([]);
    const quick = [statement(0, 20, { a: 1 }, 1e6)];
    expect(names((await search(quick, [candidate("a")], costing, limits)).chosen)).toEqual([]);
  });

  test("leaves out an index that a later one made needless, and tells the other anew", async () => {
    const statements = [
      statement(0, 1_000, { a: 10, "a,b": 12 }),
      statement(1, 100, { "a,b": 50 }),
    ];
    const offered = [candidate("a"), candidate("a,b", 200)];
    const found = await search(statements, offered, costing, limits);
    expect(names(found.chosen)).toEqual(["a,b"]);
    expect(found.chosen[0]!.helps.map(({ before, after }) => [before, after])).toEqual([
      [1_000, 12],
      [100, 50],
    ]);
    expect(found.after).toBe(62);
    const first = await search(statements, offered, costing, { ...limits, indexes: 1 });
    expect(names(first.chosen)).toEqual(["a"]);
  });

  test("leaves aside statements that cannot be costed", async () => {
    const partly: Costing<Priced> = async (one, indexes) =>
      one.key === 0 ? undefined : costing(one, indexes);
    const statements = [statement(0, 1_000, { a: 10 }), statement(1, 1_000, { b: 10 })];
    const found = await search(statements, [candidate("a"), candidate("b")], partly, limits);
    expect(names(found.chosen)).toEqual(["b"]);
  });

  test("keeps within its bounds, and never makes anything dearer", async () => {
    const columns = fc.constantFrom("a", "b", "c", "a,b", "b,c", "c,a");
    const prices = fc.dictionary(columns, fc.integer({ min: 1, max: 2_000 }), { maxKeys: 4 });
    const workload = fc.array(
      fc.record({
        price: fc.integer({ min: 1, max: 2_000 }),
        prices,
        weight: fc.integer({ min: 1, max: 50 }),
      }),
      { maxLength: 8 },
    );
    const sizes = fc.array(fc.record({ columns, bytes: fc.integer({ min: 1, max: 600 }) }), {
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(
        workload,
        sizes,
        fc.integer({ min: 1, max: 5 }),
        async (given, offered, indexes) => {
          const statements = given.map(({ price, prices: each, weight }, key) =>
            statement(key, price, each, weight),
          );
          const candidates = offered.map(({ columns: one, bytes }) => candidate(one, bytes));
          const found = await search(statements, candidates, costing, { ...limits, indexes });
          const bytes = found.chosen.reduce((sum, { candidate: one }) => sum + one.bytes, 0);
          expect(bytes).toBeLessThanOrEqual(limits.bytes);
          expect(found.chosen.length).toBeLessThanOrEqual(indexes);
          expect(found.after).toBeLessThanOrEqual(found.before);
          expect(found.chosen.every(({ gain }) => gain > 0)).toBe(true);
        },
      ),
      { seed: 20_261_122, numRuns: 200 },
    );
  });
});
