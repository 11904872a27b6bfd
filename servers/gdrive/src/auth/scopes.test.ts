import fc from "fast-check";
import { expect, test } from "vitest";
import { type Need, parseScopes, satisfies, scopesFor } from "./scopes.ts";

const NEEDS = ["drive", "docs", "sheets", "slides"].flatMap((service): Need[] => [
  `${service}.read` as Need,
  `${service}.write` as Need,
]);
const someNeeds = fc.subarray(NEEDS, { minLength: 1 });
const auth = (name: string) => `https://www.googleapis.com/auth/${name}`;

test.each<[Need[], string[]]>([
  [["drive.read"], ["drive.readonly"]],
  [["drive.read", "drive.write", "docs.write", "sheets.read"], ["drive"]],
  [
    ["drive.read", "docs.write"],
    ["drive.readonly", "documents"],
  ],
  [["drive.read", "docs.read", "sheets.read", "slides.read"], ["drive.readonly"]],
  [["sheets.read"], ["spreadsheets.readonly"]],
])("for %j the scopes are %j", (needs, scopes) => {
  expect(scopesFor(needs)).toEqual(scopes.map(auth));
});

test("the scopes satisfy every need, and none of them can be left out", () => {
  fc.assert(
    fc.property(someNeeds, (needs) => {
      const scopes = scopesFor(needs);
      expect(needs.every((need) => satisfies(new Set(scopes), need))).toBe(true);
      for (const scope of scopes) {
        const fewer = new Set(scopes.filter((other) => other !== scope));
        expect(needs.every((need) => satisfies(fewer, need))).toBe(false);
      }
    }),
    { seed: 5 },
  );
});

test("who only reads is never asked to allow a change", () => {
  const reading = fc.subarray(NEEDS.filter((need) => need.endsWith(".read")));
  fc.assert(
    fc.property(reading, (needs) => {
      for (const scope of scopesFor(needs)) expect(scope).toMatch(/\.readonly$/);
    }),
    { seed: 5 },
  );
});

test("an operator may write the ends of scopes only", () => {
  expect(parseScopes(["drive.readonly", auth("documents")])).toEqual([
    auth("drive.readonly"),
    auth("documents"),
  ]);
});
