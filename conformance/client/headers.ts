import type { Assignment } from "./assignment.ts";
import { open } from "./open.ts";

/** Lists and uses one of each kind, so that the headers of every method are seen. */
export async function standardHeaders(assignment: Assignment): Promise<void> {
  await using client = await open(assignment);
  const [tool] = await client.listTools();
  if (tool) await client.callTool(tool.name, {});
  const [resource] = await client.listResources();
  if (resource) await client.readResource(resource.uri);
  const [prompt] = await client.listPrompts();
  if (prompt) await client.getPrompt(prompt.name);
}

/** Makes the calls the scenario names, with arguments that are mirrored in headers. */
export async function customHeaders(assignment: Assignment): Promise<void> {
  await using client = await open(assignment);
  await client.listTools();
  const calls = assignment.context.toolCalls as unknown as { name: string; arguments: object }[];
  for (const call of calls) await client.callTool(call.name, call.arguments);
}

/** Calls every tool that is still listed: those with impossible headers must not be. */
export async function invalidToolHeaders(assignment: Assignment): Promise<void> {
  await using client = await open(assignment);
  for (const { name } of await client.listTools()) await client.callTool(name, {});
}
