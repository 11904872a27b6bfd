import path from "node:path";
import { expect, test } from "vitest";
import { clientOn } from "./support/server.ts";

// What a host puts before its model. A change of a .snap file is a change of the published interface.

const modes = ["read-only", "read-write"] as const;

test.each(modes)("the tools are published as reviewed, in %s mode", async (mode) => {
  const client = await clientOn({}, { operator: { "access-mode": mode } });
  const tools = await client.listTools();
  const snapshot = path.join(import.meta.dirname, `tool-schemas-${mode}.snap`);
  await expect(`${JSON.stringify(tools, null, 2)}\n`).toMatchFileSnapshot(snapshot);
});

test.each(modes)(
  "names, descriptions and arguments of all tools cost a model less than 3,500 tokens, in %s mode",
  async (mode) => {
    const client = await clientOn({}, { operator: { "access-mode": mode } });
    const tools = await client.listTools();
    expect(tools.length).toBeGreaterThan(15);
    // Hosts keep output schemas to themselves.
    const shown = tools.map(({ outputSchema: _, ...tool }) => tool);
    expect(Buffer.byteLength(JSON.stringify(shown)) / 4).toBeLessThan(3_500);
  },
);
