import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countLines, headLines, lineRange, tailLines } from "./lines.ts";

describe("lines", () => {
  test("F6: the last line of a file that ends in a newline is its last real line", () => {
    expect(tailLines("one\ntwo\n", 1)).toBe("two");
    expect(tailLines("one\ntwo", 1)).toBe("two");
    expect(tailLines("one\r\ntwo\r\n", 1)).toBe("two");
    expect(tailLines("one\n\n", 1)).toBe("");
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    "F6: head and tail of %s lines are refused",
    (count) => {
      expect(() => headLines("a\n", count)).toThrow("head must be a whole number, 1 or more.");
      expect(() => tailLines("a\n", count)).toThrow("tail must be a whole number, 1 or more.");
    },
  );

  test("more lines than there are gives all of them", () => {
    expect(headLines("a\nb\n", 9)).toBe("a\nb");
    expect(tailLines("a\nb\n", 9)).toBe("a\nb");
    expect(headLines("", 3)).toBe("");
    expect(tailLines("", 3)).toBe("");
  });

  test("line endings inside the lines taken are kept", () => {
    expect(headLines("a\r\nb\nc\r\n", 2)).toBe("a\r\nb");
    expect(tailLines("a\r\nb\r\nc\r\n", 2)).toBe("b\r\nc");
  });

  test("a range counts from 1, includes both ends and tells the total", () => {
    const text = "one\ntwo\nthree\nfour\n";
    expect(lineRange(text, 2, 3)).toEqual({ text: "two\nthree", first: 2, last: 3, total: 4 });
    expect(lineRange(text, 3)).toEqual({ text: "three\nfour", first: 3, last: 4, total: 4 });
    expect(lineRange(text, 4, 100)).toEqual({ text: "four", first: 4, last: 4, total: 4 });
    expect(lineRange("", 1)).toEqual({ text: "", first: 1, last: 0, total: 0 });
  });

  test("a range outside the file or backwards is refused", () => {
    expect(() => lineRange("a\nb\n", 3)).toThrow("The file has 2 lines, so there is no line 3.");
    expect(() => lineRange("a\nb\n", 2, 1)).toThrow("Line 1 comes before line 2; swap them.");
    expect(() => lineRange("a\nb\n", 0)).toThrow("first must be a whole number, 1 or more.");
  });

  test("head, tail and range agree with splitting the text", () => {
    const text = fc
      .array(fc.constantFrom("a", "b", "\n", "\n", "\r\n"))
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 8 }), (text, count) => {
        const lines = text.split("\n");
        if (lines.at(-1) === "") lines.pop();
        const join = (taken: string[]) =>
          taken.join("\n").replace(/\r$/, (last) => (text.endsWith("\r") ? last : ""));
        expect(countLines(text)).toBe(lines.length);
        expect(headLines(text, count).replace(/\r$/, "")).toBe(
          lines.slice(0, count).join("\n").replace(/\r$/, ""),
        );
        expect(tailLines(text, count)).toBe(join(lines.slice(-count)));
        if (count <= lines.length) {
          expect(lineRange(text, count, count).text.replace(/\r$/, "")).toBe(
            lines[count - 1]!.replace(/\r$/, ""),
          );
        }
      }),
      { seed: 3, numRuns: 500 },
    );
  });
});
