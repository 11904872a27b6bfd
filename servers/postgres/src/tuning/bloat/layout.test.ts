import fc from "fast-check";
import { expect, test } from "vitest";
import { type ColumnWidth, PAGE, rowWidth, tablePages, treePages } from "./layout.ts";

const fixed = (width: number): ColumnWidth => ({
  width,
  nulls: 0,
  alignment: width,
  variable: false,
});
const text = (width: number): ColumnWidth => ({ width, nulls: 0, alignment: 4, variable: true });

test("values begin where their type must, short texts anywhere", () => {
  expect(rowWidth([fixed(4), fixed(8)])).toBe(16);
  expect(rowWidth([fixed(8), fixed(4)])).toBe(12);
  expect(rowWidth([fixed(1), text(10), fixed(2)])).toBe(14);
  expect(rowWidth([fixed(1), text(200)])).toBe(204);
});

test("a table of one bigint needs 226 rows to a page, as PostgreSQL packs them", () => {
  const whole = { fillfactor: 100, page: PAGE };
  expect(tablePages(226, [fixed(8)], whole)).toBe(1);
  expect(tablePages(227, [fixed(8)], whole)).toBe(2);
  expect(tablePages(226, [fixed(8)], { ...whole, fillfactor: 50 })).toBe(2);
});

test("an index on few values is smaller where equal keys share their entries", () => {
  const shape = { fillfactor: 90, page: PAGE, distinct: 50 };
  const apart = treePages(100_000, [fixed(8)], { ...shape, shares: false });
  const shared = treePages(100_000, [fixed(8)], { ...shape, shares: true });
  expect(shared).toBeLessThan(apart / 2);
});

test("more rows never need fewer pages, nor more of them when fuller", () => {
  const column = fc.record({
    width: fc.integer({ min: 1, max: 300 }),
    nulls: fc.double({ min: 0, max: 1, noNaN: true }),
    alignment: fc.constantFrom(1, 2, 4, 8),
    variable: fc.boolean(),
  });
  const columns = fc.array(column, { minLength: 1, maxLength: 8 });
  const rows = fc.integer({ min: 0, max: 1e6 });
  const fillfactor = fc.integer({ min: 10, max: 90 });
  fc.assert(
    fc.property(columns, rows, rows, fillfactor, (all, some, more, fill) => {
      const shape = { fillfactor: fill, page: PAGE, shares: true, distinct: 1_000 };
      const fuller = { ...shape, fillfactor: fill + 10 };
      for (const pages of [tablePages, treePages]) {
        expect(pages(some + more, all, shape)).toBeGreaterThanOrEqual(pages(some, all, shape));
        expect(pages(some, all, fuller)).toBeLessThanOrEqual(pages(some, all, shape));
      }
    }),
    { seed: 20_261_122 },
  );
});
