// The client under test: any program that uses a server.
import type { Client } from "@portico/core";

/** Adds what a recipe needs to the list of a server; resolves with what could not be added. */
export async function addAll(client: Client, recipe: Record<string, number>): Promise<string[]> {
  const failed: string[] = [];
  for (const [thing, pieces] of Object.entries(recipe)) {
    const { isError } = await client.callTool("add", { thing, pieces });
    if (isError) failed.push(thing);
  }
  return failed;
}
