import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compilePattern } from "./pattern.ts";
import { compileProgram } from "./program.ts";
import { simulate } from "./simulate.ts";
import { parse } from "./syntax.ts";

const seed = 7;

function meter() {
  return {
    spent: 0,
    spend(count: number) {
      this.spent += count;
    },
  };
}

/** Runs the linear engine whatever the pattern's cost. */
function linear(source: string, text: string, unicode = true): boolean {
  const program = compileProgram(parse(source, unicode), unicode);
  if (!program) throw new Error("not regular");
  return simulate(program, text, { anchored: false, unicode }, meter());
}

const expression = fc.letrec<{ all: string; atom: string; group: string }>((tie) => ({
  all: fc.array(tie("atom"), { minLength: 1, maxLength: 4 }).map((atoms) => atoms.join("")),
  atom: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc
      .tuple(
        fc.constantFrom(
          "a",
          "b",
          ".",
          "[ab]",
          "[^a]",
          "\\w",
          "\\d",
          "\\.",
          "é",
          "\\u{1F600}",
          "\\p{Lu}",
        ),
        fc.constantFrom("", "*", "+", "?", "{2}", "{1,3}", "+?"),
      )
      .map(([char, times]) => char + times),
    fc.constantFrom("^", "$", "\\b", "\\B"),
    tie("group"),
  ),
  group: fc
    .tuple(
      fc.array(tie("all"), { minLength: 1, maxLength: 3 }),
      fc.constantFrom("", "*", "+", "?", "{2}"),
    )
    .map(([branches, times]) => `(${branches.join("|")})${times}`),
})).all;
const text = fc.string({
  unit: fc.constantFrom("a", "b", "A", "1", ".", "é", "😀", " ", "\n"),
  maxLength: 8,
});

describe("a pattern", () => {
  test("matches on the linear engine exactly what it matches on the platform's", () => {
    fc.assert(
      fc.property(expression, text, (source, value) => {
        expect(linear(source, value)).toBe(new RegExp(source, "u").test(value));
      }),
      { seed, numRuns: 2_000 },
    );
  });

  test.each([
    "^(a+)+$",
    "^(a|a)*$",
    "^(a|ab|aab)*c$",
    "(x+x+)+y",
    "^(?:[a-z]+\\.)*[a-z]*[a-z]@(?:[a-z][a-z]*\\.)+[a-z]{2,}$",
    "\\s+$",
    "a*a*a*a*a*b",
  ])("costs time linear in the text: %s", (source) => {
    const cost = (length: number) => {
      const budget = meter();
      compilePattern(source).test(`${"a".repeat(length)}!`, budget);
      return budget.spent;
    };
    expect(cost(20_000)).toBeLessThan(2.5 * cost(10_000));
    expect(cost(20_000)).toBeLessThan(20 * 20_000);
  });

  test.each([
    ["empty alternatives", "^(?:|){2000}(?:a|a)*$"],
    ["a group that never occurs", "(?:(?:a*)*){0}^(?:a|a)*$"],
  ])("of countless ways through %s is not left to backtracking", (_what, source) => {
    const budget = meter();
    expect(compilePattern(source).test(`${"a".repeat(40)}!`, budget)).toBe(false);
    expect(budget.spent).toBeGreaterThan(40);
  });

  test.each(["(?:(?:(?:(?:){999}){999}){999}){999}", "(?:(?:a{0}){999999999}){999999999}"])(
    "that repeats nothing, often, compiles to nothing: %s",
    (source) => {
      expect(compileProgram(parse(source, true), true)).toEqual([{ op: "match" }]);
    },
  );

  test("is paid for by the ways it looks at, not only by the characters", () => {
    const budget = meter();
    compilePattern("(?:|){500}b").test("a".repeat(30_000), budget);
    expect(budget.spent).toBeGreaterThan(100 * 30_000);
  });

  test("with look-around runs on texts of everyday length", () => {
    const password = compilePattern("^(?=.*[A-Z])(?=.*\\d).{8,}$");
    expect(password.test("Passw0rd", meter())).toBe(true);
    expect(password.test("password", meter())).toBe(false);
  });

  test("with look-around is not run on a text that could take it too long", () => {
    const costly = compilePattern("(?=a*b)a*a*c");
    expect(() => costly.test("a".repeat(100_000), meter())).toThrow("too long for its pattern");
  });

  test.each(["(?=a)(b+)*$", "^(\\w+)\\1*(a|b|ab)*$"])(
    "is refused when only backtracking could run it and it might not end: %s",
    (source) => {
      expect(() => compilePattern(source)).toThrow("exponential time");
    },
  );

  test("that is no regular expression is refused", () => {
    expect(() => compilePattern("(")).toThrow('The pattern "(" is not a regular expression');
  });

  test("nested beyond reason is refused", () => {
    expect(() => compilePattern(`${"(".repeat(500)}a${")".repeat(500)}`)).toThrow("too deeply");
  });

  test("that is only valid without the u flag is read without it", () => {
    expect(compilePattern("^\\_[\\w-.]+$").test("_a-b", meter())).toBe(true);
    expect(linear("^(\\_a)+$", "_a_a", false)).toBe(true);
  });
});
