import type { JsonObject, JsonSchemaObject, JsonValue } from "../schema/json-schema.ts";

/** The entries of a form with the schema's defaults where the user left a field out. Keeps what was entered. */
export function withDefaults(schema: JsonSchemaObject, content: JsonObject): JsonObject {
  const missing = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const given = Object.hasOwn(content, name) && content[name] !== undefined;
    const preset = typeof property === "object" ? property.default : undefined;
    return given || preset === undefined ? [] : [[name, preset as JsonValue] as const];
  });
  return { ...content, ...Object.fromEntries(missing) };
}
