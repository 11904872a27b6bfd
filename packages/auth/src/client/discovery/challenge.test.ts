import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { demandOf, parseChallenges } from "./challenge.ts";

const plain = (header: string) =>
  parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);

describe("a WWW-Authenticate header", () => {
  test.each([
    ["Bearer", [["bearer", {}]]],
    ['Bearer scope="a b", error=x', [["bearer", { scope: "a b", error: "x" }]]],
    ['BEARER Scope = "a\\"b\\\\"', [["bearer", { scope: 'a"b\\' }]]],
    [
      'Basic, Bearer realm="x", DPoP algs="ES256"',
      [
        ["basic", {}],
        ["bearer", { realm: "x" }],
        ["dpop", { algs: "ES256" }],
      ],
    ],
    [
      "Negotiate abc+/==, Bearer a=b",
      [
        ["negotiate", {}],
        ["bearer", { a: "b" }],
      ],
    ],
    ['Bearer ,, a="1" ,,b="2",', [["bearer", { a: "1", b: "2" }]]],
    ['Bearer a="1", a="2"', [["bearer", { a: "1" }]]],
    ['a="1", Bearer', [["bearer", {}]]],
    [
      'Bearer a="unfinished',
      [
        ["bearer", {}],
        ["a", {}],
      ],
    ],
    ["", []],
    ["(nonsense)", []],
  ])("%j is read as %j", (header, challenges) => {
    expect(plain(header)).toEqual(challenges);
  });

  test("gives back what was written into it", () => {
    const token = fc.stringMatching(/^[a-z]{1,8}$/);
    const text = fc.stringMatching(/^[ !#-~\t"\\]{0,20}$/);
    const parameters = fc.uniqueArray(fc.tuple(token, text), {
      minLength: 1,
      maxLength: 4,
      selector: ([name]) => name,
    });
    const challenges = fc.array(fc.tuple(token, parameters), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(challenges, (written) => {
        const header = written
          .map(
            ([scheme, pairs]) =>
              `${scheme} ${pairs.map(([name, value]) => `${name}="${value.replace(/["\\]/g, "\\$&")}"`).join(", ")}`,
          )
          .join(", ");
        expect(plain(header)).toEqual(
          written.map(([scheme, pairs]) => [scheme, Object.fromEntries(pairs)]),
        );
      }),
      { seed: 20261122 },
    );
  });

  test("never makes the reader throw", () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        expect(Array.isArray(parseChallenges(header))).toBe(true);
      }),
      { seed: 20261122, numRuns: 2000 },
    );
  });

  test("longer than any honest one is not read", () => {
    expect(parseChallenges(`Bearer a="${"x".repeat(20_000)}"`)).toEqual([]);
  });
});

test("a demand is what all challenges for tokens say, and no others", () => {
  const headers = new Headers({
    "www-authenticate": 'Basic scope="no", Bearer error="insufficient_scope", DPoP scope="a  b"',
  });
  expect(demandOf(headers)).toEqual({
    resourceMetadata: undefined,
    scopes: ["a", "b"],
    error: "insufficient_scope",
    dpop: true,
  });
});
