import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseQuery } from "../../test/fake/query.ts";
import { queryFor, quoted } from "./query.ts";

const seed = { seed: 1 };
const nasty = fc.oneof(
  fc.string(),
  fc.stringMatching(/^['\\ ()a-z=]*$/),
  fc.constantFrom(
    "' or name contains '",
    "\\' or trashed = true or name = \\'",
    "\\",
    "'",
    "\\\\'",
  ),
);

describe("GD1: a query", () => {
  test("finds the words it was given and nothing else, whatever they are", () => {
    const holds = fc.property(nasty, nasty, (words, other) => {
      const finds = parseQuery(queryFor({ words }));
      const wanted = words.replaceAll('"', "").toLowerCase();
      const found = finds({ meta: { trashed: false }, words: other });
      expect(found).toBe(other.toLowerCase().includes(wanted));
      expect(finds({ meta: { trashed: true }, words: wanted })).toBe(false);
    });
    fc.assert(holds, seed);
  });

  test("cannot leave the folder it was given, whatever that is called", () => {
    const holds = fc.property(nasty, (folder) => {
      const finds = parseQuery(queryFor({ folder }));
      expect(finds({ meta: { parents: [folder] }, words: "" })).toBe(true);
      expect(finds({ meta: { parents: [`${folder}x`] }, words: "" })).toBe(false);
    });
    fc.assert(holds, seed);
  });

  test("reads a name as one value", () => {
    const holds = fc.property(nasty, nasty, (name, other) => {
      const finds = parseQuery(`name = ${quoted(name)}`);
      expect(finds({ meta: { name: other }, words: "" })).toBe(name === other);
    });
    fc.assert(holds, seed);
  });

  test("that speaks of the trash itself is left to do so", () => {
    expect(queryFor({ condition: "trashed = true" })).toBe("(trashed = true)");
    expect(queryFor({ condition: "starred = true" })).toBe("(starred = true) and trashed = false");
  });
});
