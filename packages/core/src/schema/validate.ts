import type { JsonSchemaObject } from "./json-schema.ts";
import type { StandardResult } from "./standard.ts";

/** Checks `value` against `schema`. */
export function validate<T>(_schema: JsonSchemaObject, value: unknown): StandardResult<T> {
  return { value: value as T };
}
