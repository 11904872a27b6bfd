import { compile } from "./compile.ts";
import type { JsonSchemaObject } from "./json-schema.ts";
import type { StandardResult } from "./standard.ts";

export { type Check, type CompileOptions, compile } from "./compile.ts";
export { SchemaError } from "./error.ts";
export { describeIssues, type Issue } from "./issue.ts";

/**
 * Checks `value` against `schema`, compiling it on first use. The value itself is returned, neither
 * copied nor filled with defaults. Throws a {@link SchemaError} if the schema cannot be used.
 */
export function validate<T>(schema: JsonSchemaObject, value: unknown): StandardResult<T> {
  const issues = compile(schema)(value);
  return issues ? { issues } : { value: value as T };
}
