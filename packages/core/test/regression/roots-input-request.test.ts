import { expect, test } from "vitest";
import { defineServer, listRoots, memoryPair, serve, tool } from "../../src/index.ts";
import { meta, RawClient } from "../server/raw-client.ts";

// The official Go SDK 1.8.0 cannot read an input request that leaves out its optional params, and its
// clients declare roots unless told not to: every tool that asks for roots was closed to them.
test("roots are asked for with params, though the schema would let them be absent", async () => {
  const roots = tool({
    name: "roots",
    description: "Asks for roots.",
    run: async (_, ctx) => String((await ctx.ask("roots", listRoots())).roots.length),
  });
  const [ours, theirs] = memoryPair();
  serve(defineServer({ name: "demo", version: "1", tools: [roots] }), theirs);
  await using client = new RawClient(ours);
  const _meta = meta({ roots: {} });
  expect(await client.request("tools/call", { name: "roots", _meta })).toMatchObject({
    result: { inputRequests: { roots: { method: "roots/list", params: {} } } },
  });
});
