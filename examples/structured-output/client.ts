import assert from "node:assert/strict";
import type { Client } from "@portico/core";
import type { Place } from "../pair.ts";

interface Trains {
  readonly trains: readonly { readonly to: string; readonly minutes: number }[];
}

/** Uses the data of one tool for a call of the next. */
export async function check(client: Client, { revision }: Place): Promise<void> {
  // Data and its schema exist since 2025-06-18; before, the text is the data as JSON.
  const hasData = revision >= "2025-06-18";
  const [listTrains] = await client.listTools();
  assert.equal(listTrains?.outputSchema !== undefined, hasData);

  const found = await client.callTool("list_trains", { from: "Oslo" });
  assert.equal(found.structuredContent !== undefined, hasData);
  const [block] = found.content;
  assert.ok(block?.type === "text");
  const { trains } = (found.structuredContent ?? JSON.parse(block.text)) as Trains;
  assert.deepEqual(trains, [
    { to: "Hamar", minutes: 76 },
    { to: "Bergen", minutes: 403 },
  ]);

  const { content, structuredContent } = await client.callTool("fare", {
    minutes: trains[0]?.minutes,
  });
  assert.deepEqual(content, [{ type: "text", text: "About 114 kroner." }]);
  assert.deepEqual(structuredContent, hasData ? { amount: 114, currency: "NOK" } : undefined);
}
