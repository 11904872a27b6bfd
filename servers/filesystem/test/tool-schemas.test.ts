import path from "node:path";
import { expect, test } from "vitest";
import { clientOn } from "./support/servers.ts";

// What a host puts before its model. A change of tool-schemas.snap is a change of the published interface.

const snapshot = path.join(import.meta.dirname, "tool-schemas.snap");

test("the tools are published as reviewed", async () => {
  const tools = await (await clientOn([])).listTools();
  await expect(`${JSON.stringify(tools, null, 2)}\n`).toMatchFileSnapshot(snapshot);
});

test("all tools together cost a model less than 4,000 tokens", async () => {
  const tools = await (await clientOn([])).listTools();
  expect(tools).toHaveLength(20);
  expect(Buffer.byteLength(JSON.stringify(tools)) / 4).toBeLessThan(4_000);
});
