import assert from "node:assert/strict";
import { type Client, type SampleHandler, text } from "@portico/core";
import type { Host, Meeting } from "../pair.ts";

/** Stands for a model: it checks what it is asked, and always answers the same. */
const scriptedModel: SampleHandler = ({ messages, systemPrompt, maxTokens }) => {
  assert.match(systemPrompt ?? "", /sum up letters/);
  assert.match(JSON.stringify(messages), /at most 10 words:.*Dear Ada/);
  assert.equal(maxTokens, 40);
  const content = text("The engine runs; it needs more oil. Come Friday.");
  return { role: "assistant", content, model: "scripted", stopReason: "endTurn" };
};

/** A real host shows its user the question, and hands it to a model only when they agree. */
export const host: Host = { onSample: scriptedModel };

/** Calls the tool with a model to lend, and without. */
export async function check(client: Client, { connect }: Meeting): Promise<void> {
  const summary = await client.callTool("summarise_letter", { words: 10 });
  assert.deepEqual(summary.content, [
    { type: "text", text: "The engine runs; it needs more oil. Come Friday." },
  ]);

  const modelless = await connect({});
  const { content } = await modelless.callTool("summarise_letter", { words: 10 });
  assert.match(JSON.stringify(content), /Dear Ada/);
}
