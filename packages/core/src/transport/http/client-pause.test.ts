import fc from "fast-check";
import { expect, test } from "vitest";
import { jittered, pause } from "./client-pause.ts";

test("many clients do not come back at the same moment, nor any later or much sooner than meant", () => {
  const lengths = fc.integer({ min: 1, max: 60_000 });
  fc.assert(
    fc.property(lengths, (length) => {
      const pauses = Array.from({ length: 50 }, () => jittered(length));
      for (const each of pauses) {
        expect(each).toBeGreaterThanOrEqual(length / 2);
        expect(each).toBeLessThanOrEqual(length);
      }
      expect(new Set(pauses).size).toBeGreaterThan(1);
    }),
    { seed: 3, numRuns: 50 },
  );
});

test("a pause ends when it is given up, before it begins as well", async () => {
  const giving = new AbortController();
  const pausing = pause(60_000, giving.signal);
  giving.abort(new Error("enough"));
  await expect(pausing).rejects.toThrow("enough");
  await expect(pause(60_000, giving.signal)).rejects.toThrow("enough");
});
