import fc from "fast-check";
import { expect, test } from "vitest";
import { linesOf } from "./lines.ts";

test("a short text is shown whole", () => {
  expect(linesOf("a\nb", {}, 100)).toEqual({
    text: "a\nb",
    start_line: 1,
    end_line: 2,
    total_lines: 2,
  });
});

test("a range ends where the text does", () => {
  expect(linesOf("a\nb\nc\n", { start_line: 2, end_line: 9 }, 100).text).toBe("b\nc\n");
  expect(linesOf("a\nb\n", { start_line: 7 }, 100)).toMatchObject({ text: "b\n", start_line: 2 });
  expect(linesOf("a\nb\nc", { start_line: 3, end_line: 1 }, 100).text).toBe("c");
});

test("a line longer than there is room for is shown alone, and the next one said", () => {
  expect(linesOf("aaaa\nb", {}, 3)).toMatchObject({ text: "aaaa\n", end_line: 1, next_line: 2 });
});

test("page after page is the whole text", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "ü", "\n", "\r\n"), maxLength: 60 });
  fc.assert(
    fc.property(text, fc.integer({ min: 4, max: 30 }), (whole, most) => {
      let read = "";
      let next: number | undefined = 1;
      while (next !== undefined) {
        const page = linesOf(whole, { start_line: next }, most);
        const isFitting = Buffer.byteLength(JSON.stringify(page.text)) <= most;
        expect(isFitting || page.start_line === page.end_line).toBe(true);
        read += page.text;
        next = page.next_line;
      }
      expect(read).toBe(whole);
    }),
    { seed: 20261122 },
  );
});
