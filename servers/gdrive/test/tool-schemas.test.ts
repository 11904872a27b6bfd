import path from "node:path";
import type { Tool } from "@portico/core";
import { connect, toolSnapshots } from "@portico/core/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { OPTIONS, readToolsets } from "../src/options.ts";
import { TOOLSET_NAMES, type ToolsetName } from "../src/toolset-names.ts";
import { listing } from "./support/listing.ts";

// What a host puts before its model. A change of tool-schemas.snap is a change of the published interface.

const snapshot = path.join(import.meta.dirname, "tool-schemas.snap");

async function toolsOf(toolsets: readonly ToolsetName[]): Promise<readonly Tool[]> {
  const client = await connect(await listing(toolsets));
  onTestFinished(() => client.close());
  return client.listTools();
}

test("the tools are published as reviewed", async () => {
  await expect(await toolSnapshots(await listing(TOOLSET_NAMES))).toMatchFileSnapshot(snapshot);
});

test("the tools that are on by default cost a model less than 4,000 tokens", async () => {
  const tools = await toolsOf(readToolsets({ toolsets: OPTIONS.toolsets.default }));
  expect(Buffer.byteLength(JSON.stringify(tools)) / 4).toBeLessThan(4_000);
});

describe("every tool", () => {
  test("says what it answers and what it does to the world", async () => {
    for (const tool of await toolsOf(TOOLSET_NAMES)) {
      expect([tool.name, tool.outputSchema?.type]).toEqual([tool.name, "object"]);
      expect(tool.annotations).toMatchObject({ openWorldHint: true });
      expect(typeof tool.annotations?.readOnlyHint).toBe("boolean");
    }
  });

  test("has a name of its own", async () => {
    const names = (await toolsOf(TOOLSET_NAMES)).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
