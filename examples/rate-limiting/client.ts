import assert from "node:assert/strict";
import { type Client, RpcError } from "@portico/core";

/** Calls until it is told to wait, which may be at once: another caller may have used up the minute. */
export async function check(client: Client): Promise<void> {
  const refused = await client
    .callTool("forecast")
    .then(() => client.callTool("forecast"))
    .then(() => client.callTool("forecast"))
    .catch((error: unknown) => error);
  assert.ok(refused instanceof RpcError);
  assert.equal(refused.code, 429);
  const { retryAfterSeconds } = refused.data as { retryAfterSeconds: number };
  assert.ok(retryAfterSeconds > 0 && retryAfterSeconds <= 60);

  const { content } = await client.callTool("look");
  assert.deepEqual(content, [{ type: "text", text: "It rains." }]);
}
