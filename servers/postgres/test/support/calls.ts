import type { Client } from "@portico/core";
import { succeed, textOf } from "@portico/testing-servers";

export { structured, succeed as result, textOf } from "@portico/testing-servers";

/** Calls a tool that must succeed; its first text, which is what was asked for. */
export async function call(client: Client, name: string, args: object = {}): Promise<string> {
  const { content } = await succeed(client, name, args);
  return content[0]?.type === "text" ? content[0].text : "";
}

/** Calls a tool that must be refused; what it tells the model first. */
export async function refusal(client: Client, name: string, args: object = {}): Promise<string> {
  const { isError, content } = await client.callTool(name, args);
  if (!isError) throw new Error(`${name} was not refused: ${textOf({ content })}`);
  return textOf({ content: content.slice(0, 1) });
}

/** Calls a tool that must succeed; all it says after its first text. */
export async function notes(client: Client, name: string, args: object = {}): Promise<string> {
  const { content } = await succeed(client, name, args);
  return textOf({ content: content.slice(1) });
}
