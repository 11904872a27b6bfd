import assert from "node:assert/strict";
import type { Client } from "@portico/core";
import type { Host, Place } from "../pair.ts";

/** What the user will say, in order. Whoever has nothing to say closes the question. */
const script: { action: "accept" | "decline" | "cancel"; content?: { day: string } }[] = [];

/** Answers from the script. */
export const host: Host = { onElicit: () => script.shift() ?? { action: "cancel" } };

/** Older revisions have no questions to the user. */
export const unless = ({ revision }: Place): string | undefined =>
  revision < "2025-06-18" ? "servers ask users since 2025-06-18" : undefined;

/** Leaves a trip half booked, comes back for it, and gives another one up. */
export async function check(client: Client): Promise<void> {
  const book = async (town: string, ...answers: typeof script) => {
    script.splice(0, script.length, ...answers);
    const { content } = await client.callTool("book_trip", { town });
    assert.deepEqual(script, [], "a question was not asked");
    return content[0]?.type === "text" ? content[0].text : undefined;
  };
  const sunday = { action: "accept", content: { day: "Sunday" } } as const;

  assert.equal(await book("Oslo"), "Nothing is booked yet.");
  const reserved = "Room 1 stays reserved; call again to pay.";
  assert.equal(await book("Oslo", sunday), reserved);
  assert.equal(await book("Oslo"), reserved);
  assert.equal(await book("Oslo", { action: "accept" }), "Room 1 in Oslo on Sunday is paid.");

  assert.equal(await book("Rome", sunday, { action: "decline" }), "Room 2 was given back.");
  assert.match((await book("Atlantis")) ?? "", /No way leads to Atlantis/);
}
