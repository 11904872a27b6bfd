import assert from "node:assert/strict";
import type { Client } from "@portico/core";
import type { Host, Meeting, Place } from "../pair.ts";

// A program has its token from the environment. These open nothing but this example.
const withToken = (token: string): Host => ({ headers: { authorization: `Bearer ${token}` } });

/** Calls as Ada. */
export const host: Host = withToken("example-token-of-ada");

/** Only HTTP and WebSockets carry tokens. */
export const unless = ({ transport }: Place): string | undefined =>
  transport === "memory" || transport === "stdio" ? "no header carries a token here" : undefined;

/** Calls as two people, and fails to as nobody. */
export async function check(ada: Client, { connect, transport }: Meeting): Promise<void> {
  const says = async (client: Client) => (await client.callTool("whoami")).content;
  assert.deepEqual(await says(ada), [{ type: "text", text: "ada may read and write." }]);
  const ben = await connect(withToken("example-token-of-ben"));
  assert.deepEqual(await says(ben), [{ type: "text", text: "ben may read." }]);

  // A WebSocket is refused before it is one.
  const refused = transport === "WebSocket" ? { name: "ConnectionClosed" } : /401/;
  await assert.rejects(connect(withToken("guessed")), refused);
  await assert.rejects(connect({}), refused);
}
