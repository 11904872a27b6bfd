import type { CallToolResult, Client, ResourceContents } from "@portico/core";

/** The text of a result, its blocks one after the other. */
export function textOf({ content }: CallToolResult): string {
  return content
    .map((block) => (block.type === "text" ? block.text : `<${block.type}>`))
    .join("\n");
}

/** Calls a tool that must succeed; its text. */
export async function call(client: Client, name: string, args: object = {}): Promise<string> {
  return textOf(await succeed(client, name, args));
}

/** Calls a tool that must be refused; what it tells the model. */
export async function refusal(client: Client, name: string, args: object = {}): Promise<string> {
  const result = await client.callTool(name, args);
  if (!result.isError) throw new Error(`${name} was not refused: ${textOf(result)}`);
  return textOf(result);
}

/** The structured content of a tool that must succeed. */
export async function structured<T = Record<string, unknown>>(
  client: Client,
  name: string,
  args: object = {},
): Promise<T> {
  return (await succeed(client, name, args)).structuredContent as T;
}

/** Calls a tool that must succeed; its whole result. */
export async function succeed(
  client: Client,
  name: string,
  args: object = {},
): Promise<CallToolResult> {
  const result = await client.callTool(name, args);
  if (result.isError) throw new Error(`${name} failed: ${textOf(result)}`);
  return result;
}

/** The one piece of text a resource is. */
export async function readText(client: Client, uri: string): Promise<string> {
  const { contents } = await client.readResource(uri);
  return (contents[0] as ResourceContents & { text: string }).text;
}

/** The same, as JSON. */
export async function readJson<T = Record<string, unknown>>(
  client: Client,
  uri: string,
): Promise<T> {
  return JSON.parse(await readText(client, uri)) as T;
}
