import fc from "fast-check";
import ignore from "ignore";
import { describe, expect, test } from "vitest";
import { IgnoreRules } from "./ignore-rules.ts";

const name = fc.constantFrom("a", "b", "ab", "a.log", ".x", "build");
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join("/"));
const part = fc.constantFrom(
  "a",
  "b",
  "*",
  "**",
  "a*",
  "*.log",
  "?",
  "[ab]",
  "[!a]",
  ".x",
  "build",
);
const rule = fc
  .tuple(
    fc.constantFrom("", "", "!"),
    fc.constantFrom("", "/"),
    fc.array(part, { minLength: 1, maxLength: 3 }),
    fc.constantFrom("", "", "/"),
  )
  .map(([negation, anchor, parts, directory]) => negation + anchor + parts.join("/") + directory);

describe("the rules of .gitignore files", () => {
  test("agree with the ignore package", () => {
    fc.assert(
      fc.property(
        fc.array(rule, { minLength: 1, maxLength: 5 }),
        path,
        fc.boolean(),
        (rules, candidate, isDirectory) => {
          const reference = ignore()
            .add(rules)
            .ignores(isDirectory ? `${candidate}/` : candidate);
          expect(ignored(rules.join("\n"), candidate, isDirectory)).toBe(reference);
        },
      ),
      { seed: 31, numRuns: 5000 },
    );
  });

  test.each([
    ["# a comment", "# a comment", false],
    ["\\#name", "#name", true],
    ["\\!name", "!name", true],
    ["name   ", "name", true],
    ["name\\ ", "name ", true],
    ["name\r", "name", true],
    ["", "name", false],
    ["/", "name", false],
    ["a/**", "a/b/c", true],
    ["+(a)", "a", false],
    ["{a,b}", "{a,b}", true],
  ])("%j says of %j: %s", (rules, candidate, expected) => {
    expect(ignored(rules, candidate, false)).toBe(expected);
  });

  test("FS7: a bomb in a .gitignore answers at once", () => {
    const rules = new IgnoreRules("", `${"*a".repeat(200)}b\n`.repeat(50));
    expect(rules.ignores("a".repeat(250), false)).toBe(false);
  });
});

/** Asks about every directory on the way first, as a walk does. */
function ignored(text: string, candidate: string, isDirectory: boolean): boolean {
  const rules = new IgnoreRules("", text);
  const names = candidate.split("/");
  return names.some((_, i) =>
    rules.ignores(names.slice(0, i + 1).join("/"), i < names.length - 1 || isDirectory),
  );
}
