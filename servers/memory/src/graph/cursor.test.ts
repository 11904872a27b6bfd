import { expect, test } from "vitest";
import { cursorNumber, pageOf } from "./cursor.ts";

const page = (rows: number[], limit: number) =>
  pageOf(
    rows,
    limit,
    (row) => `item ${row}`,
    (row) => row * 10,
  );

test("a page tells where the next begins, if there is one", () => {
  expect(page([1, 2, 3], 2)).toEqual({ items: ["item 1", "item 2"], next: "20" });
  expect(page([1, 2], 2)).toEqual({ items: ["item 1", "item 2"] });
  expect(page([], 2)).toEqual({ items: [] });
});

test("a cursor is a number that a page gave", () => {
  expect(cursorNumber("20", 0)).toBe(20);
  expect(cursorNumber(undefined, 7)).toBe(7);
  for (const after of ["", "-1", "1.5", "1e3", "x", "99999999999999999999", "9999999999999999"]) {
    expect(() => cursorNumber(after, 0)).toThrow(/cursor/);
  }
});
