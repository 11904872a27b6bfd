import type { JsonSchemaObject } from "../schema/json-schema.ts";

const REFERENCE = "#/$defs/";
const builders = new Map<string, () => JsonSchemaObject>();
const bodies = new Map<string, JsonSchemaObject>();

/**
 * Adds a named definition and returns the reference that stands for it inside other schemas.
 * @param build gives the whole shape; called once, when it is first needed
 * @throws {Error} when the name is taken
 */
export function register(name: string, build: () => JsonSchemaObject): JsonSchemaObject {
  if (builders.has(name)) {
    throw new Error(`The definition "${name}" already exists; choose another name.`);
  }
  builders.set(name, build);
  return { $ref: REFERENCE + name };
}

/** The name a schema refers to, when it is a reference to a definition. */
export function referenceOf(json: JsonSchemaObject): string | undefined {
  return json.$ref?.startsWith(REFERENCE) ? json.$ref.slice(REFERENCE.length) : undefined;
}

/** The whole shape registered as `name`, revision marks included. */
export function bodyOf(name: string): JsonSchemaObject | undefined {
  const known = bodies.get(name);
  if (known) return known;
  const body = builders.get(name)?.();
  if (body) bodies.set(name, body);
  return body;
}

/** Every registered name, in order of definition. */
export function definitionNames(): Iterable<string> {
  return builders.keys();
}
