import assert from "node:assert/strict";
import type { Client } from "@portico/core";

/** Has a prompt kept, hears that there is one more, and uses it. */
export async function check(client: Client): Promise<void> {
  assert.deepEqual(await client.listPrompts(), []);
  const subscription = await client.subscribe({ prompts: true });

  const wording = "Translate {text} into {language}.";
  await client.callTool("save_prompt", { name: "translate", wording });
  for await (const change of subscription) {
    assert.deepEqual(change, { kind: "list", list: "prompts" });
    break;
  }

  const [translate] = await client.listPrompts();
  assert.deepEqual(translate?.arguments, [
    { name: "text", required: true },
    { name: "language", required: true },
  ]);
  const { messages } = await client.getPrompt("translate", { text: "hei", language: "Finnish" });
  const text = "Translate hei into Finnish.";
  assert.deepEqual(messages, [{ role: "user", content: { type: "text", text } }]);
  await assert.rejects(client.getPrompt("translate", { text: "hei" }), /"language"/);
}
