import assert from "node:assert/strict";
import type { CallToolResult, Client } from "@portico/core";

/** Does what a model does that reads its errors: tries again as it was told. */
export async function check(client: Client): Promise<void> {
  const unknown = await client.callTool("book_room", { room: "red", people: 6 });
  assert.equal(unknown.isError, true);
  const [, first = ""] = /Choose one of: (\w+)/.exec(textOf(unknown)) ?? [];
  assert.equal(first, "blue");

  const full = await client.callTool("book_room", { room: first, people: 6 });
  assert.equal(full.isError, true);
  const [, larger = ""] = /Book (\w+) instead/.exec(textOf(full)) ?? [];

  const booked = await client.callTool("book_room", { room: larger, people: 6 });
  assert.equal(booked.isError, undefined);
  assert.equal(textOf(booked), "Booked green for 6.");

  const hopeless = await client.callTool("book_room", { room: "green", people: 60 });
  assert.match(textOf(hopeless), /Ask the user/);

  // An error for the program is thrown here, and no model reads it.
  await assert.rejects(client.callTool("book_all_rooms"), {
    name: "RpcError",
    code: -32001,
    data: { retryAfterSeconds: 60 },
  });
}

function textOf({ content }: CallToolResult): string {
  return content.map((block) => (block.type === "text" ? block.text : "")).join("");
}
