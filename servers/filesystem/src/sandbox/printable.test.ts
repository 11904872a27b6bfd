import fc from "fast-check";
import { expect, test } from "vitest";
import { printable, printableJson, quoted } from "./printable.ts";

const hidden =
  /[\p{Cc}\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/u;

/** Strings with more deceptive characters than chance would have. */
const names = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("\u202e", "\u200b", "\n", "\u009b", "\u{e0041}", "\ufeff", "ü", "\\u{202e}"),
    ),
  )
  .map((parts) => parts.join(""));

test("no name keeps a character that hides or turns text", () => {
  fc.assert(
    fc.property(names, (name) => {
      expect(printable(name)).not.toMatch(hidden);
      expect(quoted(name)).not.toMatch(hidden);
    }),
    { seed: 3 },
  );
});

test("a name without such characters stays as it is", () => {
  for (const name of ["plain.txt", "ünï 日本語.md", "[a] {b}", "👩🏽 é"])
    expect(printable(name)).toBe(name);
});

test("JSON keeps its meaning, and shows what its strings hide", () => {
  fc.assert(
    fc.property(fc.array(names), (all) => {
      const shown = printableJson(JSON.stringify(all, null, 2));
      expect(JSON.parse(shown)).toEqual(all);
      expect(shown.replaceAll("\n", "")).not.toMatch(hidden);
    }),
    { seed: 4 },
  );
});
