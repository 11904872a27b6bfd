import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import type { Client } from "@portico/core";
import { server } from "./server.ts";

const secret = "not-a-real-key";

/** A host takes this from its configuration, and gives it to this server alone. */
export const env = { ORDERS_SIGNING_KEY: secret };

/** Gets a right signature, and never the key. */
export async function check(client: Client): Promise<void> {
  const tools = await client.listTools();
  const { content } = await client.callTool("sign_order", { order: "7 lamps" });
  const signature = createHmac("sha256", secret).update("7 lamps").digest("hex");
  assert.deepEqual(content, [{ type: "text", text: `7 lamps ${signature}` }]);
  assert.ok(!JSON.stringify([client.server, tools, content]).includes(secret));

  assert.throws(() => server({}), /Set ORDERS_SIGNING_KEY/);
}
