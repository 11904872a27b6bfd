import { Compilation, type CompilationOptions, type CompileOptions } from "./compilation.ts";
import { isPlainObject, SchemaError, shown } from "./error.ts";
import type { Issue } from "./issue.ts";
import type { JsonSchema } from "./json-schema.ts";
import { LimitReached, type Rule, Run, type Scope } from "./run.ts";

export type { CompileOptions } from "./compilation.ts";

/** Says what is wrong with a value; undefined if nothing is. */
export type Check = (value: unknown) => Issue[] | undefined;

const noOptions: CompileOptions = {};
const lazily: CompilationOptions = { isLazy: true };
const cache = new WeakMap<CompileOptions, WeakMap<object, Check>>();

/**
 * Compiles a JSON Schema (2020-12, or draft-07 where `$schema` says so) into a check. The result is
 * cached per schema object, so a schema must not change afterwards. Throws a {@link SchemaError} for a
 * malformed schema, an unsupported dialect, a reference that leads nowhere and a `pattern` whose cost
 * cannot be bounded. A value that takes too much work or depth to check is reported as an issue.
 */
export function compile(schema: JsonSchema, options: CompileOptions = noOptions): Check {
  if (schema === true) return () => undefined;
  if (schema === false) return () => [{ path: [], message: "is not allowed", keyword: "false" }];
  if (!isPlainObject(schema)) {
    throw new SchemaError(`A schema must be an object or a boolean, not ${shown(schema)}.`);
  }
  const known = cache.get(options) ?? new WeakMap<object, Check>();
  cache.set(options, known);
  const check = known.get(schema) ?? build(schema, options);
  known.set(schema, check);
  return check;
}

/**
 * As {@link compile}, for a schema that is known to be sound and has no `$dynamicRef`: what it refers to is compiled when a
 * value first gets there.
 */
export function compileLazily(schema: JsonSchema): Check {
  return compile(schema, lazily);
}

function build(schema: JsonSchema, options: CompileOptions): Check {
  const { rule, scope } = compileRule(schema, options);
  const limits = { maxDepth: options.maxDepth ?? 512, maxSteps: options.maxSteps ?? 50_000_000 };
  return (value) => check(rule, value, new Run(scope, limits));
}

function compileRule(
  schema: JsonSchema,
  options: CompilationOptions,
): { rule: Rule; scope: Scope } {
  try {
    return new Compilation(options).compile(schema);
  } catch (error) {
    // A chain of references long enough to exhaust the stack.
    if (error instanceof RangeError) throw new SchemaError("The schema nests too deeply.");
    throw error;
  }
}

function check(rule: Rule, value: unknown, run: Run): Issue[] | undefined {
  try {
    return rule(value, run, undefined) ? undefined : run.issues;
  } catch (error) {
    if (error instanceof LimitReached) return limitIssue(error.message);
    // The stack may run out before maxDepth does, where the caller is already deep in it.
    if (error instanceof RangeError) return limitIssue("is nested too deeply to check");
    throw error;
  }
}

function limitIssue(message: string): Issue[] {
  return [{ path: [], message, keyword: "limit" }];
}
