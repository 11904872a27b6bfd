import assert from "node:assert/strict";
import type { CallToolResult, Client, ElicitResult, FormHandler } from "@portico/core";
import type { Host, Meeting } from "../pair.ts";

/** Stands for a user who orders `cups` large ones, and agrees to whatever else is asked. */
const ordering =
  (cups: number): FormHandler =>
  ({ message, requestedSchema }): ElicitResult => {
    if (message.startsWith("Really")) return { action: "accept", content: {} };
    assert.deepEqual(Object.keys(requestedSchema.properties), ["size", "cups"]);
    return { action: "accept", content: { size: "large", cups } };
  };

/** A real host shows the form and says which server asks. */
export const host: Host = { onElicit: ordering(8) };

/** Orders, declines, and calls from a host that cannot ask. */
export async function check(client: Client, { revision, connect }: Meeting): Promise<void> {
  const result = await client.callTool("order_coffee");
  if (revision < "2025-06-18") {
    // Forms exist since 2025-06-18; a server learns that it cannot ask, and says so.
    assert.equal(result.isError, true);
    assert.match(textOf(result), /cannot ask the user/);
    return;
  }
  assert.equal(textOf(result), "Ordered 8 large; 8 sold today.");

  const unwilling = await connect({ onElicit: () => ({ action: "decline" }) });
  assert.equal(textOf(await unwilling.callTool("order_coffee")), "Nothing was ordered.");

  const mute = await connect({});
  assert.match(textOf(await mute.callTool("order_coffee")), /cannot ask the user/);
}

function textOf({ content }: CallToolResult): string {
  return content.map((block) => (block.type === "text" ? block.text : "")).join("");
}
