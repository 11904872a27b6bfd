import { LATEST_REVISION, type Revision } from "../protocol/index.ts";
import type { JsonValue } from "../schema/json-schema.ts";
import type { ServerDefinition } from "../server/definition.ts";
import { connect } from "./connect.ts";

/**
 * What a server publishes about each of its tools, as text that only changes when they do: by name, keys in
 * order. Keep it in a file and review its diff: `expect(text).toMatchFileSnapshot("tools.json")`.
 * @param revision whose view to take. Default: the newest
 */
export async function toolSnapshots(
  server: ServerDefinition,
  revision: Revision = LATEST_REVISION,
): Promise<string> {
  const client = await connect(server, { revision });
  try {
    const tools = await client.listTools();
    const byName = Object.fromEntries(tools.map(({ name, ...published }) => [name, published]));
    return `${JSON.stringify(ordered(byName as JsonValue), null, 2)}\n`;
  } finally {
    await client.close();
  }
}

function ordered(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, ordered(inner as JsonValue)]);
  return Object.fromEntries(entries.sort(([a], [b]) => ((a as string) < (b as string) ? -1 : 1)));
}
