import path from "node:path";
import { toolSnapshots } from "@portico/core/testing";
import { scratch } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { clientOn, serverOn } from "./support/servers.ts";

// What a host puts before its model. A change of tool-schemas.snap is a change of the published interface.

const snapshot = path.join(import.meta.dirname, "tool-schemas.snap");

const filesSnapshot = path.join(import.meta.dirname, "tool-schemas-files.snap");

test("the tools are published as reviewed", async () => {
  await expect(await toolSnapshots(serverOn())).toMatchFileSnapshot(snapshot);
});

test("tools for files are there where the operator names a folder", async () => {
  const usual = await toolSnapshots(serverOn());
  const tools = await toolSnapshots(serverOn({ folder: scratch() }));
  const changed = Object.entries(JSON.parse(tools)).filter(
    ([name, tool]) => JSON.stringify(JSON.parse(usual)[name]) !== JSON.stringify(tool),
  );
  expect(changed.map(([name]) => name)).toEqual([
    "backup_database",
    "export_graph",
    "import_graph",
  ]);
  const shown = JSON.stringify(Object.fromEntries(changed), null, 2);
  await expect(`${shown}\n`).toMatchFileSnapshot(filesSnapshot);
});

test("all tools together cost a model less than 5,000 tokens", async () => {
  const tools = await (await clientOn({ folder: scratch() })).listTools();
  expect(Buffer.byteLength(JSON.stringify(tools)) / 4).toBeLessThan(5_000);
});

test("every tool says what it answers, takes a project, and reaches nothing but the memory", async () => {
  for (const tool of await (await clientOn()).listTools()) {
    expect([tool.name, tool.outputSchema?.type]).toEqual([tool.name, "object"]);
    expect([tool.name, tool.annotations?.openWorldHint]).toEqual([tool.name, false]);
    if (tool.name === "list_projects") continue;
    expect(tool.inputSchema.properties).toHaveProperty("project");
  }
});
