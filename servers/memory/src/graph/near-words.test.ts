import fc from "fast-check";
import { expect, test } from "vitest";
import { isCorrectable, nearWords, slips, trigrams } from "./near-words.ts";

const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 8 });

test("a slip is a letter left out, added, changed, or swapped with its neighbour", () => {
  expect(slips("hiking", "hikng", 2)).toBe(1);
  expect(slips("hiking", "hikiing", 2)).toBe(1);
  expect(slips("hiking", "hiling", 2)).toBe(1);
  expect(slips("hiking", "hikign", 2)).toBe(1);
  expect(slips("hiking", "violin", 2)).toBeGreaterThan(2);
});

test("slips are none for the same word, and the same both ways", () => {
  fc.assert(
    fc.property(word, word, (one, other) => {
      expect(slips(one, one, 3)).toBe(0);
      expect(slips(one, other, 9)).toBe(slips(other, one, 9));
      expect(slips(one, other, 9) === 0).toBe(one === other);
    }),
    { seed: 8 },
  );
});

test("the nearest words are those with the fewest slips, if they are few enough", () => {
  expect(nearWords("hikng", ["hiking", "hikes", "violin"])).toEqual(["hiking"]);
  expect(nearWords("hiking", ["biking", "liking", "king"])).toEqual(["biking", "liking"]);
  expect(nearWords("hkng", ["hiking"])).toEqual([]);
  expect(nearWords("philosopy", ["philosophy", "philosopher"])).toEqual(["philosophy"]);
  expect(nearWords("word", [])).toEqual([]);
});

test("words that resemble each other share trigrams", () => {
  expect(trigrams("hike")).toEqual(["^hi", "hik", "ike", "ke$"]);
  expect(trigrams("hikng").filter((gram) => trigrams("hiking").includes(gram))).toEqual([
    "^hi",
    "hik",
    "ng$",
  ]);
});

test("short words, long ones and those with digits are not corrected", () => {
  expect(["hike", "größe", "поле"].every(isCorrectable)).toBe(true);
  expect(["the", "x".repeat(33), "e4a1", ""].some(isCorrectable)).toBe(false);
});
