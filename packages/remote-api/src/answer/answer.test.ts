import fc from "fast-check";
import { expect, test } from "vitest";
import { cutText, fittingItems } from "./budget.ts";
import { pick } from "./fields.ts";

test("chosen fields are picked through objects and lists, unknown ones passed over", () => {
  const issues = [
    { number: 1, title: "a", user: { login: "ann", id: 7 }, labels: [{ name: "x", color: "y" }] },
    { number: 2, title: "b", user: null, labels: [] },
  ];
  expect(pick(issues, ["number", "user.login", "labels.name", "nothing.here"])).toEqual([
    { number: 1, user: { login: "ann" }, labels: [{ name: "x" }] },
    { number: 2, user: null, labels: [] },
  ]);
  expect(pick({ a: { b: 1, c: 2 } }, ["a", "a.b"])).toEqual({ a: { b: 1, c: 2 } });
  expect(pick({}, ["__proto__", "constructor"])).toEqual({});
});

test("as many items as fit are counted, and one in any case", () => {
  const items = Array.from({ length: 100 }, () => ({ text: "x".repeat(30) }));
  expect(fittingItems(items, 100_000)).toBe(100);
  expect(fittingItems(items, 1)).toBe(1);
  expect(fittingItems([], 1)).toBe(0);
  expect(fittingItems(items, 105)).toBe(10);
});

test("a text is cut between characters and never beyond its budget", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      fc.integer({ min: 1, max: 20 }),
      (text, tokens) => {
        const { text: cut, isCut } = cutText(text, tokens);
        expect(text.startsWith(cut)).toBe(true);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(tokens * 4);
        expect(isCut).toBe(cut.length < text.length);
      },
    ),
    { seed: 7 },
  );
});
