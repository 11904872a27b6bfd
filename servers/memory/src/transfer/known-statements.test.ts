import fc from "fast-check";
import { expect, test } from "vitest";
import { KnownStatements, pack } from "./known-statements.ts";

const statement = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  fc.bigInt({ min: 0n, max: 9n }),
  fc.bigInt({ min: 2n ** 64n - 9n, max: 2n ** 64n - 1n }),
);

test("what was packed is known, and nothing else", () => {
  fc.assert(
    fc.property(fc.array(fc.uniqueArray(statement)), statement, (portions, other) => {
      const known = new KnownStatements(Buffer.concat(portions.map((one) => pack(new Set(one)))));
      for (const one of portions.flat()) expect(known.has(one)).toBe(true);
      expect(known.has(other)).toBe(portions.flat().includes(other));
    }),
    { seed: 4_711 },
  );
});
