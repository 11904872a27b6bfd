import fc from "fast-check";
import { expect, test } from "vitest";
import { RecentKeys } from "./recent-keys.ts";

test("of any sequence the most recent keys are kept, each other one is forgotten", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 9 }).map(String)),
      fc.integer({ min: 1, max: 4 }),
      (keys, most) => {
        const kept = new Set<string>();
        const recent = new RecentKeys(most, (key) => kept.delete(key));
        for (const key of keys) {
          kept.add(key);
          recent.touch(key);
        }
        const expected = new Set([...keys].reverse());
        expect([...kept].sort()).toEqual([...expected].slice(0, most).sort());
      },
    ),
    { seed: 3 },
  );
});
