// What all the others serve and call. Neither side knows what lies in between.
import assert from "node:assert/strict";
import { type Client, defineServer, tool } from "@portico/core";

const hello = tool({ name: "hello", description: "Says hello.", run: () => "Hello." });

/** Says hello. */
export const server = defineServer({ name: "hello", version: "1.0.0", tools: [hello] });

/** How the clients introduce themselves. */
export const clientInfo = { name: "transports-example", version: "1.0.0" };

/** Calls the server, checks what it says, and leaves. */
export async function greet(client: Client): Promise<void> {
  const { content } = await client.callTool("hello");
  assert.deepEqual(content, [{ type: "text", text: "Hello." }]);
  await client.close();
}
