import fc from "fast-check";
import { expect, test } from "vitest";
import { pointAt } from "./point.ts";

test.each([
  ["SELECT x", 8, "Line 1, column 8:\nSELECT x\n       ^"],
  ["SELECT\n  x,\n  y", 15, "Line 3, column 3:\n  y\n  ^"],
  ["SELECT '😀', x", 13, "Line 1, column 13:\nSELECT '😀', x\n            ^"],
  ["a\r\nb", 4, "Line 2, column 1:\nb\n^"],
  ["SELECT", 7, "Line 1, column 7:\nSELECT\n      ^"],
])("%j at %i", (sql, position, shown) => {
  expect(pointAt(sql, position)).toBe(shown);
});

test("the caret stands under the character, however long the line is", () => {
  const character = fc.constantFrom("a", "ü", "😀", "\n", " ");
  fc.assert(
    fc.property(fc.array(character, { minLength: 1, maxLength: 400 }), fc.nat(), (text, at) => {
      const position = (at % text.length) + 1;
      const [, line = "", caret = ""] = pointAt(text.join(""), position).split("\n");
      const wanted = text[position - 1];
      if (wanted === "\n") return;
      expect(Array.from(line)[caret.length - 1]).toBe(wanted);
      expect(Array.from(line).length).toBeLessThanOrEqual(100);
    }),
    { seed: 4_711, numRuns: 1_000 },
  );
});
