import type { JsonSchemaObject } from "./json-schema.ts";

/** A schema that cannot be used: malformed, of an unknown dialect, or with a reference that leads nowhere. */
export class SchemaError extends Error {
  override readonly name = "SchemaError";
}

/** Reads a keyword that holds a non-negative whole number. */
export function readCount(schema: JsonSchemaObject, keyword: string): number | undefined {
  const value = schema[keyword];
  if (value === undefined) return undefined;
  if (typeof value === "number" && Number.isInteger(value) && value >= 0) return value;
  throw new SchemaError(`${keyword} must be a whole number of 0 or more, not ${shown(value)}.`);
}

/** Reads a keyword that holds a number. */
export function readNumber(schema: JsonSchemaObject, keyword: string): number | undefined {
  const value = schema[keyword];
  if (value === undefined) return undefined;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new SchemaError(`${keyword} must be a number, not ${shown(value)}.`);
}

/** Reads a keyword that holds a string. */
export function readString(schema: JsonSchemaObject, keyword: string): string | undefined {
  const value = schema[keyword];
  if (value === undefined || typeof value === "string") return value;
  throw new SchemaError(`${keyword} must be a string, not ${shown(value)}.`);
}

/** Reads a keyword that holds an object. */
export function readMap(
  schema: JsonSchemaObject,
  keyword: string,
): Record<string, unknown> | undefined {
  const value = schema[keyword];
  if (value === undefined || isPlainObject(value)) return value;
  throw new SchemaError(`${keyword} must be an object, not ${shown(value)}.`);
}

/** Reads a keyword that holds an array. */
export function readList(
  schema: JsonSchemaObject,
  keyword: string,
): readonly unknown[] | undefined {
  const value = schema[keyword];
  if (value === undefined) return undefined;
  if (Array.isArray(value)) return value;
  throw new SchemaError(`${keyword} must be an array, not ${shown(value)}.`);
}

/** Checks that `value`, found under `keyword`, is a list of property names. */
export function asNames(value: unknown, keyword: string): readonly string[] {
  if (Array.isArray(value) && value.every((name) => typeof name === "string")) return value;
  throw new SchemaError(`${keyword} must be an array of property names, not ${shown(value)}.`);
}

/** Whether `value` is an object in JSON's sense: neither null nor an array. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `value` as JSON, cut to fit into a sentence. */
export function shown(value: unknown): string {
  if (value === undefined || typeof value === "function") return String(value);
  const text = safeJson(value);
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}

function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? typeof value;
  } catch {
    return typeof value;
  }
}
