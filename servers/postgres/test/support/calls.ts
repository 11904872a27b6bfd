import type { CallToolResult, Client } from "@portico/core";

/** The text of a result, its blocks one after the other. */
export function textOf({ content }: CallToolResult): string {
  return content
    .map((block) => (block.type === "text" ? block.text : `<${block.type}>`))
    .join("\n");
}

/** Calls a tool that must succeed. */
export async function result(
  client: Client,
  name: string,
  args: object = {},
): Promise<CallToolResult> {
  const answer = await client.callTool(name, args);
  if (answer.isError) throw new Error(`${name} failed: ${textOf(answer)}`);
  return answer;
}

/** Calls a tool that must succeed; its first text, which is what was asked for. */
export async function call(client: Client, name: string, args: object = {}): Promise<string> {
  const { content } = await result(client, name, args);
  return content[0]?.type === "text" ? content[0].text : "";
}

/** Calls a tool that must succeed; all it says after its first text. */
export async function notes(client: Client, name: string, args: object = {}): Promise<string> {
  const { content } = await result(client, name, args);
  return textOf({ content: content.slice(1) });
}

/** Calls a tool that must succeed; its structured content. */
export async function structured(
  client: Client,
  name: string,
  args: object = {},
): Promise<Record<string, unknown>> {
  return (await result(client, name, args)).structuredContent as Record<string, unknown>;
}

/** Calls a tool that must be refused; what it tells the model. */
export async function refusal(client: Client, name: string, args: object = {}): Promise<string> {
  const answer = await client.callTool(name, args);
  if (!answer.isError) throw new Error(`${name} was not refused: ${textOf(answer)}`);
  return textOf(answer);
}
