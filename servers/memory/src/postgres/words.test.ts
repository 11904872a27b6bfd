import fc from "fast-check";
import { expect, test } from "vitest";
import { indexed, wordsOf } from "./words.ts";

test("words are in small letters, Latin ones without accents, and unspaced scripts fall into characters", () => {
  expect(wordsOf("Zürich, snake_case: 3.14 Море")).toEqual([
    "zurich",
    "snake",
    "case",
    "3",
    "14",
    "море",
  ]);
  expect(wordsOf("東京 हिमालय")).toEqual(["東", "京", "हिमालय"]);
});

test("a word of any text is letters, digits and their marks, and never syntax of a query", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      for (const word of wordsOf(text)) {
        expect(word).toMatch(/^[\p{L}\p{N}\p{M}\p{Co}]{1,64}$/u);
        expect(word.isWellFormed()).toBe(true);
      }
    }),
    { seed: 7 },
  );
});

test("a long run of letters is words of at most 64, none of them lost", () => {
  const run = "ab".repeat(100);
  expect(wordsOf(run).join("")).toBe(run);
});

test("of an endless text the index gets distinct words, within what PostgreSQL keeps for one row", () => {
  const text = Array.from({ length: 300_000 }, (_, index) => `word${index}`).join(" ");
  const words = indexed(`${text} ${text}`).split(" ");
  expect(new Set(words).size).toBe(words.length);
  expect(Buffer.byteLength(words.join(""))).toBeLessThan(1_000_000);
});
