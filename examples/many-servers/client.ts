import assert from "node:assert/strict";
import { type Client, connect, memoryPair, serve, type Tool } from "@portico/core";
import { shop } from "./server.ts";

/** What a model says: a call it wants, or its answer. */
type Turn = { readonly tool: string; readonly args: object } | { readonly answer: string };
type Model = (tools: readonly Tool[], heard: readonly string[]) => Promise<Turn>;

/** Stands for a model, and is none: it says what a model might. */
const fakedModel: Model = async (tools, heard) => {
  const names = tools.map(({ name }) => name);
  if (heard.length === 1) return { tool: names[0] ?? "", args: { thing: "cake" } };
  if (heard.length === 2) return { tool: "pantry_find", args: { thing: "milk" } };
  if (heard.length === 3) return { tool: "shop_find", args: { thing: "milk" } };
  if (heard.length === 4) return { tool: "shop_sell", args: {} };
  return { answer: heard.join("; ") };
};

/** Talks until the model has an answer. Tools go by the name of their server, so two may be called the same. */
async function converse(clients: readonly Client[], model: Model, question: string) {
  const owners = new Map<string, { client: Client; tool: Tool }>();
  for (const client of clients) {
    for (const tool of await client.listTools()) {
      owners.set(`${client.server.info?.name}_${tool.name}`, { client, tool });
    }
  }
  const offered = [...owners].map(([name, { tool }]) => ({ ...tool, name }));
  const heard = [question];
  while (heard.length < 20) {
    const turn = await model(offered, heard);
    if ("answer" in turn) return turn.answer;
    const owner = owners.get(turn.tool);
    heard.push(owner ? await result(owner.client, owner.tool, turn.args) : "no such tool");
  }
  throw new Error("The model came to no end.");
}

/** What a tool says of a failure is for the model too; so is that its server could not be reached. */
async function result(client: Client, { name }: Tool, args: object): Promise<string> {
  try {
    const { content } = await client.callTool(name, args);
    return content.map((block) => (block.type === "text" ? block.text : block.type)).join("\n");
  } catch (error) {
    return `failed: ${error instanceof Error ? error.message : error}`;
  }
}

/** Lets a model use the server it met and one more. */
export async function check(pantry: Client): Promise<void> {
  const [ours, theirs] = memoryPair();
  serve(shop, theirs);
  await using store = await connect(ours, { clientInfo: { name: "host", version: "1.0.0" } });
  const answer = await converse([pantry, store], fakedModel, "Milk?");
  assert.equal(answer, "Milk?; There was never any cake here.; 0 left; 4 EUR; no such tool");

  await store.close();
  const gone = await converse([pantry], fakedModel, "Milk?");
  assert.match(gone, /0 left; no such tool; no such tool$/);
}
