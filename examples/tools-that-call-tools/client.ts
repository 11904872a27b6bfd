import assert from "node:assert/strict";
import type { Client } from "@portico/core";

/** Asks for a basket, and for one with things nobody sells. */
export async function check(client: Client): Promise<void> {
  const items = ["apple", "apple", "bread"];
  const { content } = await client.callTool("total", { items });
  assert.deepEqual(content, [{ type: "text", text: "31 kroner" }]);

  const wrong = await client.callTool("total", { items: ["apple", "gold", "myrrh"] });
  assert.equal(wrong.isError, true);
  const text = "We do not sell gold; leave it out. We do not sell myrrh; leave it out.";
  assert.deepEqual(wrong.content, [{ type: "text", text }]);

  // The inner tool is there for single questions, too.
  const single = await client.callTool("price", { item: "bread" });
  assert.deepEqual(single.content, [{ type: "text", text: '{"kroner":25}' }]);
}
