import assert from "node:assert/strict";
import type { Client } from "@portico/core";
import type { Host, Meeting, Place } from "../pair.ts";

const withToken = (token: string): Host => ({ headers: { authorization: `Bearer ${token}` } });
const notesOf = async (client: Client) => (await client.callTool("list_notes")).content;

/** Calls as somebody at Acme. */
export const host: Host = withToken("example-token-of-acme");

/** Callers are told apart by tokens, which only HTTP and WebSockets carry. */
export const unless = ({ transport }: Place): string | undefined =>
  transport === "memory" || transport === "stdio" ? "no header carries a token here" : undefined;

/** Writes as two companies that must not see each other, and as somebody who belongs to none. */
export async function check(acme: Client, { connect }: Meeting): Promise<void> {
  const zenith = await connect(withToken("example-token-of-zenith"));
  await acme.callTool("add_note", { text: "Build a rocket." });
  await zenith.callTool("add_note", { text: "Buy a rocket." });
  assert.deepEqual(await notesOf(acme), [{ type: "text", text: "Build a rocket." }]);
  assert.deepEqual(await notesOf(zenith), [{ type: "text", text: "Buy a rocket." }]);

  const stranger = await connect(withToken("example-token-of-ben"));
  await assert.rejects(notesOf(stranger), {
    code: -32001,
    message: "Your token names no company.",
  });
}
