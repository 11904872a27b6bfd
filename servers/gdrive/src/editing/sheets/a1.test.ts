import fc from "fast-check";
import { expect, test } from "vitest";
import { columnName, parseA1, printA1 } from "./a1.ts";

test.each([
  ["B7", { startColumn: 1, endColumn: 2, startRow: 6, endRow: 7 }],
  ["Sheet1!$A$1:c3", { sheet: "Sheet1", startColumn: 0, endColumn: 3, startRow: 0, endRow: 3 }],
  ["C3:A1", { startColumn: 0, endColumn: 3, startRow: 0, endRow: 3 }],
  ["'It''s!'!A:B", { sheet: "It's!", startColumn: 0, endColumn: 2 }],
  ["My sheet!2:5", { sheet: "My sheet", startRow: 1, endRow: 5 }],
  ["A2:C", { startColumn: 0, endColumn: 3, startRow: 1 }],
  ["AA1:ZZZ1", { startColumn: 26, endColumn: 18_278, startRow: 0, endRow: 1 }],
])("%s is %j", (text, area) => {
  expect(parseA1(text)).toEqual(area);
});

test.each(["", "Sheet1", "Budget", "A", "7", "A1:B2:C3", "A0", "Sheet1!", "Sheet1!Budget"])(
  "%j is no range in A1 notation",
  (text) => {
    expect(parseA1(text)).toBeUndefined();
  },
);

test("what is printed is read as it was, whatever the sheet is called", () => {
  const span = (most: number) =>
    fc
      .tuple(fc.integer({ min: 0, max: most }), fc.integer({ min: 1, max: 500 }))
      .map(([start, size]) => [start, Math.min(start + size, most + 1)] as const);
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", minLength: 1 }),
      span(9_999_998),
      span(18_277),
      (sheet, [startRow, endRow], [startColumn, endColumn]) => {
        const area = { sheet, startRow, endRow, startColumn, endColumn };
        expect(parseA1(printA1(area))).toEqual(area);
      },
    ),
    { seed: 11 },
  );
});

test("columns are named one after the other", () => {
  expect([0, 25, 26, 51, 52, 701, 702, 18_277].map(columnName)).toEqual([
    "A",
    "Z",
    "AA",
    "AZ",
    "BA",
    "ZZ",
    "AAA",
    "ZZZ",
  ]);
});
