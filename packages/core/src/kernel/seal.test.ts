import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonValue } from "../schema/json-schema.ts";
import { createSealer } from "./seal.ts";

const secret = () => new Uint8Array(32).fill(7);

describe("a sealed value", () => {
  test("comes back as it was, where it was issued, and is never the same token twice", async () => {
    const sealer = createSealer();
    const json = fc.jsonValue() as fc.Arbitrary<JsonValue>;
    await fc.assert(
      fc.asyncProperty(json, json, async (value, binding) => {
        const token = await sealer.seal(value, binding);
        expect(token).toMatch(/^[\w-]+$/);
        expect(await sealer.seal(value, binding)).not.toBe(token);
        const [opened] = JSON.parse(JSON.stringify([value])) as [JsonValue];
        expect(await sealer.open(token, binding)).toEqual(opened);
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  test("does not open elsewhere, damaged, or with another key", async () => {
    const sealer = createSealer(secret());
    const token = await sealer.seal("secret", ["principal", "method"]);
    expect(token).not.toContain(btoa("secret").slice(0, 6));
    expect(await sealer.open(token, ["other", "method"])).toBeUndefined();
    expect(await createSealer().open(token, ["principal", "method"])).toBeUndefined();
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom(..."Az09-_"), async (at, char) => {
        const changed = token.slice(0, at) + char + token.slice(at + 1);
        // The last character may hold bits that are no part of the bytes: another spelling of the same token.
        if (changed === token || at === token.length - 1) return;
        expect(await sealer.open(changed, ["principal", "method"])).toBeUndefined();
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  test("opens at a replica that shares the secret", async () => {
    const token = await createSealer(secret()).seal({ a: 1 }, null);
    expect(await createSealer(secret()).open(token, null)).toEqual({ a: 1 });
  });

  test("is good until its time is over", async () => {
    let now = 1_000;
    const sealer = createSealer(secret(), () => now);
    const token = await sealer.seal("state", null, 500);
    now = 1_499;
    expect(await sealer.open(token, null)).toBe("state");
    now = 1_500;
    expect(await sealer.open(token, null)).toBeUndefined();
  });

  test("is refused when it is nonsense or too long, and not made too long", async () => {
    const sealer = createSealer();
    for (const token of ["", "A", "ä", "AAAA", "A".repeat(5_000_000)]) {
      expect(await sealer.open(token, null)).toBeUndefined();
    }
    await expect(sealer.seal("x".repeat(4_000_000), null)).rejects.toThrow(RangeError);
  });

  test("needs a secret of 32 bytes", async () => {
    await expect(createSealer(new Uint8Array(16)).seal(1, null)).rejects.toThrow("32 bytes");
  });
});
