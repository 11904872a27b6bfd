import fc from "fast-check";
import { expect, test } from "vitest";
import { cutText } from "./budget.ts";

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
