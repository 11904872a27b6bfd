import fc from "fast-check";
import { expect, test } from "vitest";
import { diffPage } from "./diff-pages.ts";

const file = (name: string, lines: number) =>
  `diff --git a/${name} b/${name}\n${"+ a line of it\n".repeat(lines)}`;

test("a small diff is one page", () => {
  const diff = file("a.txt", 3) + file("b.txt", 2);
  expect(diffPage(diff, 1)).toEqual({ diff });
  expect(diffPage(diff, 2)).toBeUndefined();
});

test("an empty diff is one empty page", () => {
  expect(diffPage("", 1)).toEqual({ diff: "" });
});

test("pages end where files do", () => {
  const [a, b, c] = [file("a", 4), file("b", 4), file("c", 4)];
  expect(diffPage(a + b + c, 1, 200)).toEqual({ diff: a + b, next_page: 2 });
  expect(diffPage(a + b + c, 2, 200)).toEqual({ diff: c });
});

test("a file that is larger than a page goes on where a line ends", () => {
  const first = diffPage(file("a", 20), 1, 100);
  expect(first?.diff.endsWith("\n")).toBe(true);
  expect(first?.next_page).toBe(2);
});

test("pages make up the diff, and only a line alone is larger than a page", () => {
  const line = fc.string({ unit: "grapheme", maxLength: 40 }).map((text) => `+${text}\n`);
  const files = fc.array(fc.array(line, { maxLength: 20 }).map((lines) => lines.join("")));
  fc.assert(
    fc.property(files, fc.integer({ min: 20, max: 400 }), (parts, bytes) => {
      const diff = parts.map((part, index) => `diff --git ${index}\n${part}`).join("");
      const pages: string[] = [];
      for (let page: number | undefined = 1; page !== undefined; ) {
        const found = diffPage(diff, page, bytes);
        expect(found).toBeDefined();
        pages.push(found?.diff ?? "");
        page = found?.next_page;
      }
      expect(pages.join("")).toBe(diff);
      for (const page of pages) {
        const isOneLine = page.indexOf("\n") === page.length - 1;
        expect(isOneLine || Buffer.byteLength(page) <= bytes).toBe(true);
      }
    }),
    { seed: 5 },
  );
});
