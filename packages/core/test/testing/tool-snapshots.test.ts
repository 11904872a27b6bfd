import { expect, test } from "vitest";
import { defineServer, s, tool } from "../../src/index.ts";
import { toolSnapshots } from "../../src/testing/index.ts";
import { everything } from "../server/everything.ts";

test.each(["2024-11-05", "2026-07-28"] as const)(
  "the tools of the server of these tests are published on %s as they were",
  async (revision) => {
    const text = await toolSnapshots(everything(), revision);
    await expect(text).toMatchFileSnapshot(`snapshots/tools-${revision}.snap`);
  },
);

test("a snapshot does not depend on the order of tools or keys", async () => {
  const make = (name: string) =>
    tool({
      name,
      description: "Does.",
      input: s.object({ b: s.string(), a: s.string() }),
      run: () => "",
    });
  const define = (...names: string[]) =>
    defineServer({ name: "order", version: "1.0.0", tools: names.map(make) });
  expect(await toolSnapshots(define("x", "y"))).toBe(await toolSnapshots(define("y", "x")));
});
