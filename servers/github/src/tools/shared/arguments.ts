import { type JsonObject, type Schema, s } from "@portico/core";
import type { GitHubToolDefinition } from "./github-tool.ts";

type Definition = GitHubToolDefinition<Schema<JsonObject>>;

/** What a tool takes: what its author wrote, and `fields` where it lists. */
export function inputOf({ input, list }: Definition): Schema<JsonObject> {
  if (list === undefined) return input;
  const fields = { type: "array", items: { type: "string" } } as const;
  return s.object({}, { ...input.json, properties: { ...input.json.properties, fields } });
}

/** Arguments with the names of today for those that are spelt as they used to be. */
export function respelt(
  args: JsonObject,
  spellings: Readonly<Record<string, string>> = {},
): JsonObject {
  const today = { ...args };
  for (const [old, name] of Object.entries(spellings)) {
    if (!Object.hasOwn(today, old)) continue;
    if (!Object.hasOwn(today, name)) today[name] = today[old]!;
    delete today[old];
  }
  return today;
}
