import fc from "fast-check";
import { minimatch } from "minimatch";
import { describe, expect, test } from "vitest";
import { compileGlob } from "./glob.ts";

const name = fc
  .array(fc.constantFrom("a", "b", "c", ".", "-", "A", "1"), { minLength: 1, maxLength: 5 })
  .map((characters) => characters.join(""))
  .filter((text) => text !== "." && text !== "..");
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join("/"));

const atom = fc.constantFrom(
  "a",
  "b",
  "c",
  ".",
  "-",
  "A",
  "1",
  "*",
  "?",
  "[ab]",
  "[!a]",
  "[a-c]",
  "[^b-c]",
  "\\*",
);
const bracket = fc.constant("[");
const { group } = fc.letrec<{ group: string; item: string; choice: string }>((tie) => ({
  item: fc.oneof({ depthSize: "small", maxDepth: 2 }, atom, tie("group")),
  choice: fc.array(tie("item"), { minLength: 1, maxLength: 3 }).map((items) => items.join("")),
  group: fc
    .tuple(
      fc.constantFrom("@", "?", "+", "*"),
      fc.array(tie("choice"), { minLength: 1, maxLength: 3 }),
    )
    .map(([operator, choices]) => `${operator}(${choices.join("|")})`),
}));
const negation = fc
  .array(
    fc.array(atom, { minLength: 1, maxLength: 2 }).map((atoms) => atoms.join("")),
    { minLength: 1, maxLength: 2 },
  )
  .map((choices) => `a!(${choices.join("|")})`);
const brace = fc
  .array(fc.constantFrom("a", "b", "*", "", "a/b", "{1..3}"), { minLength: 2, maxLength: 3 })
  .map((choices) => `{${choices.join(",")}}`);
const segmentOf = (piece: fc.Arbitrary<string>) =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constant("**") },
    {
      weight: 3,
      arbitrary: fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join("")),
    },
  );
const patternOf = (piece: fc.Arbitrary<string>) =>
  fc.array(segmentOf(piece), { minLength: 1, maxLength: 4 }).map((segments) => segments.join("/"));

describe("agreement with minimatch and its dot option", () => {
  const check = (piece: fc.Arbitrary<string>, seed: number, numRuns: number) =>
    fc.assert(
      fc.property(
        patternOf(piece),
        fc.array(path, { minLength: 8, maxLength: 8 }),
        (pattern, paths) => {
          fc.pre(!/^[!#]/.test(pattern) && pattern.split("{").length < 5);
          // Dots as parts of a pattern: minimatch keeps "." and resolves "..", we drop "." only.
          fc.pre(!/(^|[/{,])\.{1,2}($|[/},])/.test(pattern));
          const matches = compileGlob(pattern);
          for (const candidate of paths) {
            const reference = minimatch(candidate, pattern, { dot: true });
            expect([candidate, matches(candidate)]).toEqual([candidate, reference]);
          }
        },
      ),
      { seed, numRuns },
    );

  test("for stars, question marks, classes and **", () =>
    check(fc.oneof({ weight: 12, arbitrary: atom }, bracket), 11, 4000));
  test("for braces", () =>
    check(
      fc.oneof({ weight: 4, arbitrary: atom.filter((text) => text !== ".") }, brace),
      12,
      3000,
    ));
  test("for @(), ?(), +() and *(), nested", () => check(fc.oneof(atom, group), 13, 2000));
  test("for !()", () => check(fc.oneof(atom, negation), 14, 2000));

  test.each([
    ["a", "!a"],
    ["x", "!a"],
    ["a", "!!a"],
    ["b", "!{a,b}"],
    ["{a}", "{a}"],
    ["a}", "a}"],
    ["$a", "$" + "{a,b}"],
    ["a07", "a{01..10}"],
    ["e", "{a..e}"],
    ["f", "{a..e}"],
    ["a3", "a{1..9..2}"],
    ["a4", "a{1..9..2}"],
    ["a/b", "a//b"],
    ["a", "a/**"],
    ["a/b", "a/**"],
    ["a", "**"],
    ["x!(a", "x!(a"],
    ["a]", "a[]]"],
    ["a-", "a[a-]"],
    ["a b", "a[[:space:]]b"],
    ["é", "[[:alpha:]]"],
    ["a/.hidden/b", "**/b"],
    ["b", "@(!(a)|c)"],
    ["a", "@(!(a)|c)"],
  ])("for %s against %s", (candidate, pattern) => {
    expect(compileGlob(pattern)(candidate)).toBe(minimatch(candidate, pattern, { dot: true }));
  });
});

describe("where the meaning is our own", () => {
  test("!(a|b) in front is a group, and # in front is a character", () => {
    expect(compileGlob("!(a|b)")("a")).toBe(false);
    expect(compileGlob("!(a|b)")("c")).toBe(true);
    expect(compileGlob("#notes")("#notes")).toBe(true);
  });

  test("a . part of a pattern is left out", () => {
    expect(compileGlob("./src/./*.ts")("src/a.ts")).toBe(true);
  });

  test("a question mark stands for a whole character", () => {
    expect(compileGlob("?")("😀")).toBe(true);
    expect(compileGlob("[😀-😂]x")("😁x")).toBe(true);
  });

  test("an empty repetition is no repetition, however deeply nested", () => {
    const nested = compileGlob("x*(*(|a)|*(b|))y");
    expect(nested("xababy")).toBe(true);
    expect(nested("xy")).toBe(true);
    expect(nested("xcy")).toBe(false);
  });
});

describe("bombs", () => {
  test.each([
    ["ten *a segments", `${"*a".repeat(10)}*c`],
    ["a hundred stars", `${"*a".repeat(100)}b*c`],
    ["a nested group", "+(+(a|aa))c"],
    ["groups nested fifty deep", `${"+(a|".repeat(50)}a${")".repeat(50)}c`],
    ["a thousand optional groups", `${"?(a)".repeat(1000)}c`],
    ["a hundred negations", `${"!(a)".repeat(100)}c`],
    ["many ** segments", `${"**/*a/".repeat(100)}c`],
  ])("F1, FS7: %s answers no at once", (_name, pattern) => {
    const matches = compileGlob(pattern);
    expect(matches("a".repeat(40))).toBe(false);
    expect(matches(Array.from({ length: 60 }, () => "a".repeat(40)).join("/"))).toBe(false);
  });

  test("F1: a brace product too large to write out is refused in one sentence", () => {
    expect(() => compileGlob("{a,b}".repeat(20))).toThrow("stand for more than 1000 patterns");
    expect(() => compileGlob("{1..1000000000}")).toThrow("stand for more than 1000 patterns");
    expect(() => compileGlob(`${"x".repeat(1000)}{${"a,".repeat(500)}}`)).toThrow("very long ones");
  });

  test("FS7: patterns too long, too deep or without a clear meaning are refused in one sentence", () => {
    expect(() => compileGlob("a".repeat(5000))).toThrow("more than 4096 characters");
    expect(() => compileGlob(`${"@(".repeat(60)}a${")".repeat(60)}`)).toThrow("more than 50 deep");
    expect(() => compileGlob("*(a|!(b))")).toThrow("has no clear meaning");
  });
});
