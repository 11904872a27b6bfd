import assert from "node:assert/strict";
import type { Client } from "@portico/core";
import type { Place } from "../pair.ts";

/** Finds the one tool, and calls it. */
export async function check(client: Client, { revision }: Place): Promise<void> {
  assert.equal(client.server.revision, revision);
  assert.equal(client.server.info?.name, "minimal");
  const [add, ...others] = await client.listTools();
  assert.equal(add?.name, "add");
  assert.deepEqual(others, []);

  const { content } = await client.callTool("add", { a: 19, b: 23 });
  assert.deepEqual(content, [{ type: "text", text: "42" }]);
}
