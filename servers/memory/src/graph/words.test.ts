import fc from "fast-check";
import { expect, test } from "vitest";
import { folded, searchWords, spaced, unspaced, vocabulary } from "./words.ts";

test("the words of a search are its letters and digits, each word once", () => {
  const words = searchWords('C++ "naïve" AND naïve* (v2) -x:y').map(({ text }) => text);
  expect(words).toEqual(["C", "naïve", "AND", "v2", "x", "y"]);
  expect(searchWords(" +-*/ 🦊 \0")).toEqual([]);
});

test("words of scripts without spaces are known", () => {
  expect(searchWords("東京 travel")).toEqual([
    { text: "東京", unspaced: true },
    { text: "travel", unspaced: false },
  ]);
});

test("folding takes away capitals everywhere, but accents of Latin letters only", () => {
  expect(folded("ÉCOLE")).toBe("ecole");
  expect(folded("E\u0301cole")).toBe("ecole");
  expect(folded("Йод")).toBe("йод");
  expect(folded("हिमालय")).toBe("हिमालय");
});

test("a vocabulary holds distinct words, no more than it may", () => {
  expect([...vocabulary("The hike, the HIKE 東京", 9)]).toEqual(["the", "hike"]);
  expect(vocabulary("a b c d e f", 3).size).toBe(3);
});

test("what is set apart for the index comes back as it was", () => {
  const text = fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\u200b"));
  fc.assert(
    fc.property(text, (text) => {
      expect(unspaced(spaced(`${text}東京${text}`))).toBe(`${text}東京${text}`);
    }),
    { seed: 9 },
  );
  expect(spaced("plain text")).toBe("plain text");
});
