import assert from "node:assert/strict";
import type { Client } from "@portico/core";
import type { Meeting } from "../pair.ts";

const quoteOf = async (client: Client) => {
  const { content } = await client.callTool("quote");
  return content[0]?.type === "text" ? JSON.parse(content[0].text) : undefined;
};

/** Asks twice for the same and watches what is worked out anew. */
export async function check(client: Client, meeting: Meeting): Promise<void> {
  await onTheServer(client, meeting);
  await inTheClient(client, meeting);
}

async function onTheServer(client: Client, { transport, connect }: Meeting): Promise<void> {
  const before = await quoteOf(client);
  assert.deepEqual(await quoteOf(client), before);
  // Over stdio each client has a server of its own.
  if (transport !== "stdio") assert.deepEqual(await quoteOf(await connect()), before);

  await client.callTool("raise");
  const after = await quoteOf(client);
  assert.equal(after.price, before.price + 1);
  assert.notEqual(after.workedOut, before.workedOut);
}

async function inTheClient(client: Client, { revision }: Meeting): Promise<void> {
  const read = async (cache?: "reload") =>
    JSON.stringify((await client.readResource("shop://price", { cache })).contents);
  const first = await read();
  assert.equal((await read()) === first, revision >= "2026-07-28");
  assert.notEqual(await read("reload"), first);
}
