import type { JsonSchemaObject } from "../schema/json-schema.ts";

const REFERENCE = "#/$defs/";
const bodies = new Map<string, JsonSchemaObject>();

/**
 * Adds a named definition and returns the reference that stands for it inside other schemas.
 * @throws {Error} when the name is taken
 */
export function register(name: string, body: JsonSchemaObject): JsonSchemaObject {
  if (bodies.has(name)) {
    throw new Error(`The definition "${name}" already exists; choose another name.`);
  }
  bodies.set(name, body);
  return { $ref: REFERENCE + name };
}

/** The name a schema refers to, when it is a reference to a definition. */
export function referenceOf(json: JsonSchemaObject): string | undefined {
  return json.$ref?.startsWith(REFERENCE) ? json.$ref.slice(REFERENCE.length) : undefined;
}

/** The whole shape registered as `name`, revision marks included. */
export function bodyOf(name: string): JsonSchemaObject | undefined {
  return bodies.get(name);
}

/** Every registered name, in order of definition. */
export function definitionNames(): Iterable<string> {
  return bodies.keys();
}
