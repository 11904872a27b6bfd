import assert from "node:assert/strict";
import type { Client } from "@portico/core";
import type { Host, Meeting, Place } from "../pair.ts";

const withToken = (token: string): Host => ({ headers: { authorization: `Bearer ${token}` } });
const namesOf = async (client: Client) => (await client.listTools()).map(({ name }) => name);

/** Calls as Ada. */
export const host: Host = withToken("example-token-of-ada");

/** Callers are told apart by tokens, which only HTTP and WebSockets carry. */
export const unless = ({ transport }: Place): string | undefined =>
  transport === "memory" || transport === "stdio" ? "no header carries a token here" : undefined;

/** Finds what each of two callers may use, and what happens to who tries more. */
export async function check(ada: Client, { connect }: Meeting): Promise<void> {
  assert.deepEqual(await namesOf(ada), ["read_balance", "transfer", "close_account"]);
  assert.deepEqual((await ada.callTool("transfer")).content, [{ type: "text", text: "Sent." }]);
  // Over HTTP a client with an `oauth` signer would now ask its user for the scope.
  await assert.rejects(ada.callTool("close_account"), /scope|403/);

  const ben = await connect(withToken("example-token-of-ben"));
  assert.deepEqual(await namesOf(ben), ["read_balance"]);
  await assert.rejects(ben.callTool("transfer"), /Unknown tool: transfer/);
}
