import path from "node:path";
import { toolSnapshots } from "@portico/core/testing";
import { expect, test } from "vitest";
import { braveSearch } from "../src/server.ts";
import { open } from "./support/servers.ts";

// What a host puts before its model. A change of tool-schemas.snap is a change of the published interface.

const snapshot = path.join(import.meta.dirname, "tool-schemas.snap");

test("the tools are published as reviewed", async () => {
  const listing = braveSearch({ brave: { get: () => Promise.reject(new Error("Lists only.")) } });
  await expect(await toolSnapshots(listing)).toMatchFileSnapshot(snapshot);
});

test("all tools together cost a model less than 4,000 tokens, and each says what it answers", async () => {
  const { client, brave } = await open();
  await using _ = brave;
  const tools = await client.listTools();
  expect(Buffer.byteLength(JSON.stringify(tools)) / 4).toBeLessThan(4_000);
  for (const tool of tools) {
    expect([tool.name, tool.outputSchema?.type]).toEqual([tool.name, "object"]);
    expect(tool.annotations).toMatchObject({ readOnlyHint: true, openWorldHint: true });
  }
});
