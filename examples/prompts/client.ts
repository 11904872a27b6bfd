import assert from "node:assert/strict";
import type { Client } from "@portico/core";

/** Shows the prompt, helps to fill it in, and takes its messages. */
export async function check(client: Client): Promise<void> {
  const [recipe] = await client.listPrompts();
  assert.deepEqual(recipe?.arguments, [
    { name: "dish", description: "What to cook", required: true },
    { name: "people", description: "For how many; 2 if left out" },
  ]);

  const { completion } = await client.complete({
    ref: { type: "ref/prompt", name: "recipe" },
    argument: { name: "dish", value: "soup" },
  });
  assert.deepEqual(completion.values, ["lentil soup", "mushroom soup"]);

  const { messages } = await client.getPrompt("recipe", { dish: "lentil soup", people: "4" });
  const question = "Give me a recipe for lentil soup, for 4. Begin with what I must buy.";
  assert.deepEqual(messages, [
    { role: "user", content: { type: "text", text: question } },
    { role: "assistant", content: { type: "text", text: "You need:" } },
  ]);
  await assert.rejects(client.getPrompt("recipe"), /needs the argument "dish"/);
}
