import type { JsonObject } from "../schema/json-schema.ts";
import type { ToolMemory } from "./tool-memory.ts";

const READING: ReadonlySet<string> = new Set([
  "tools/list",
  "resources/list",
  "resources/templates/list",
  "resources/read",
  "prompts/list",
  "prompts/get",
  "completion/complete",
  "ping",
  "server/discover",
  "tasks/get",
]);

/**
 * True when a request whose fate is unknown may be sent again: it only reads, or calls a tool of which the
 * server says that once more does no harm.
 */
export function isRepeatable(method: string, params: JsonObject, tools: ToolMemory): boolean {
  return READING.has(method) || (method === "tools/call" && tools.isRepeatable(params.name));
}
