import fc from "fast-check";
import { expect, test } from "vitest";
import { countFitting, cutText } from "./budget.ts";

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

test("items are counted up to the budget, and one is always shown", () => {
  const items = ["日本語", "abc", "d", "e"];
  expect([1, 3, 4, 5, 100].map((tokens) => countFitting(items, tokens))).toEqual([1, 1, 3, 4, 4]);
  expect(countFitting([], 1)).toBe(0);
});
