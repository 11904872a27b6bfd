import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nearest } from "./nearest.ts";

const FLAGS = ["read-only", "log-level", "log-format", "tools", "disable-tools", "transport"];

describe("nearest", () => {
  it.each([
    ["readonly", "read-only"],
    ["READ_ONLY", "read-only"],
    ["log-lvel", "log-level"],
    ["tolos", "tools"],
    ["tool", "tools"],
    ["disable", "disable-tools"],
  ])("finds what %s means", (word, meant) => {
    expect(nearest(word, FLAGS)).toBe(meant);
  });

  it.each(["frobnicate", "", "x", "log", "toString"])("finds nothing close to %j", (word) => {
    expect(nearest(word, FLAGS)).toBeUndefined();
  });

  it("finds every word itself", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{4,12}$/), { minLength: 1 }), (words) => {
        expect(words.map((word) => nearest(word, words))).toEqual(words);
      }),
      { seed: 7 },
    );
  });
});
