import { asNames, readCount, readMap, shown } from "../error.ts";
import type { JsonSchemaObject } from "../json-schema.ts";
import { compilePattern, type Pattern } from "../pattern/pattern.ts";
import type { Rule, Run, Seen } from "../run.ts";
import type { Builder, Keyword } from "./builder.ts";

type Fields = Record<string, unknown>;

/**
 * Whether `value` is a JSON object. A property that is undefined counts as absent everywhere, because
 * that is how it will be on the wire.
 */
function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether `fields` has `name` itself: what it inherits, such as `constructor`, is no property. */
function has(fields: Fields, name: string): boolean {
  return Object.hasOwn(fields, name) && fields[name] !== undefined;
}

function namesOf(fields: Fields, run: Run): string[] {
  const names = Object.keys(fields);
  run.spend(names.length);
  return names.filter((name) => fields[name] !== undefined);
}

/** `properties`, `patternProperties` and `additionalProperties`. */
export const properties: Keyword = (schema, builder) => {
  const named = Object.entries(readMap(schema, "properties") ?? {}).map(
    ([name, child]) => [name, builder.child(child, "properties")] as const,
  );
  const patterns = Object.entries(readMap(schema, "patternProperties") ?? {}).map(
    ([source, child]) =>
      [compilePattern(source), builder.child(child, "patternProperties")] as const,
  );
  const others = schema.additionalProperties;
  if (patterns.length === 0 && (others === undefined || others === true)) {
    if (named.length === 0 && others === undefined) return undefined;
    return namedProperties(named, others === true);
  }
  const rest = others === undefined ? undefined : builder.child(others, "additionalProperties");
  const refusal = others === false ? notAllowed(named.map(([name]) => name)) : undefined;
  return everyProperty(new Map(named), patterns, refusal ?? rest);
};

function namedProperties(named: readonly (readonly [string, Rule])[], rest: boolean): Rule {
  const names = named.map(([name]) => name);
  const rules = named.map(([, rule]) => rule);
  return (value, run, seen) => {
    if (!isObject(value)) return true;
    run.spend(names.length);
    let ok = true;
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      const item = value[name];
      if (item === undefined || !Object.hasOwn(value, name)) continue;
      seen?.key(name);
      const mark = run.issues.length;
      if ((rules[i] as Rule)(item, run, undefined)) continue;
      ok = run.within(mark, name);
      if (run.quiet > 0) return false;
    }
    if (seen && rest) seen.everyKey = true;
    return ok;
  };
}

function everyProperty(
  named: ReadonlyMap<string, Rule>,
  patterns: readonly (readonly [Pattern, Rule])[],
  rest: Rule | undefined,
): Rule {
  const one = (name: string, item: unknown, run: Run, seen: Seen | undefined): boolean => {
    const rule = named.get(name);
    let matched = rule !== undefined;
    let ok = rule ? rule(item, run, undefined) : true;
    for (const [pattern, patternRule] of patterns) {
      if (!pattern.test(name, run)) continue;
      matched = true;
      ok = patternRule(item, run, undefined) && ok;
    }
    if (!matched && rest) ok = rest(item, run, undefined);
    if (matched || rest) seen?.key(name);
    return ok;
  };
  return (value, run, seen) => {
    if (!isObject(value)) return true;
    const names = Object.keys(value);
    run.spend(names.length);
    let ok = true;
    for (const name of names) {
      const item = value[name];
      if (item === undefined) continue;
      const mark = run.issues.length;
      if (one(name, item, run, seen)) continue;
      ok = run.within(mark, name);
      if (run.quiet > 0) return false;
    }
    return ok;
  };
}

function notAllowed(names: readonly string[]): Rule {
  const known = names.length > 0 && names.length <= 12 ? `; known are ${names.join(", ")}` : "";
  return (_value, run) => run.fail("additionalProperties", `is not expected${known}`);
}

/** `required`. */
export const required: Keyword = (schema) => {
  if (schema.required === undefined) return undefined;
  const names = asNames(schema.required, "required");
  return (value, run) => {
    if (!isObject(value)) return true;
    run.spend(names.length);
    for (let i = 0; i < names.length; i++) {
      if (!has(value, names[i] as string)) return missing(names, value, run);
    }
    return true;
  };
};

function missing(names: readonly string[], value: Fields, run: Run): false {
  if (run.quiet > 0) return false;
  for (const name of names) {
    if (has(value, name)) continue;
    const mark = run.issues.length;
    run.fail("required", "is required");
    run.within(mark, name);
  }
  return false;
}

/** `dependentRequired`, and the lists of names in `dependencies`, its older spelling. */
export const dependentRequired: Keyword = (schema, builder) => {
  const lists = dependents(schema, builder, "dependentRequired")
    .filter(([, list]) => Array.isArray(list))
    .map(([name, list]) => [name, asNames(list, "dependentRequired")] as const);
  if (lists.length === 0) return undefined;
  return (value, run) => {
    if (!isObject(value)) return true;
    run.spend(lists.length);
    let ok = true;
    for (const [name, names] of lists) {
      if (!has(value, name)) continue;
      run.spend(names.length);
      const absent = names.filter((other) => !has(value, other));
      if (absent.length === 0) continue;
      ok = run.fail("dependentRequired", `must have ${absent.join(", ")} beside ${name}`);
    }
    return ok;
  };
};

/** `dependentSchemas`, and the schemas in `dependencies`. */
export const dependentSchemas: Keyword = (schema, builder) => {
  const rules = dependents(schema, builder, "dependentSchemas")
    .filter(([, child]) => !Array.isArray(child))
    .map(([name, child]) => [name, builder.child(child, "dependentSchemas")] as const);
  if (rules.length === 0) return undefined;
  return (value, run, seen) => {
    if (!isObject(value)) return true;
    run.spend(rules.length);
    let ok = true;
    for (const [name, rule] of rules) {
      if (has(value, name)) ok = rule(value, run, seen) && ok;
    }
    return ok;
  };
};

function dependents(schema: JsonSchemaObject, builder: Builder, keyword: string) {
  const older = Object.entries(readMap(schema, "dependencies") ?? {});
  if (builder.resource.dialect.draft === "draft-07") return older;
  return [...Object.entries(readMap(schema, keyword) ?? {}), ...older];
}

/** `propertyNames`. */
export const propertyNames: Keyword = (schema, builder) => {
  if (schema.propertyNames === undefined) return undefined;
  const rule = builder.child(schema.propertyNames, "propertyNames");
  return (value, run) => {
    if (!isObject(value)) return true;
    let ok = true;
    for (const name of namesOf(value, run)) {
      run.quiet += 1;
      const good = rule(name, run, undefined);
      run.quiet -= 1;
      if (good) continue;
      ok = run.fail("propertyNames", `must not have a property named ${shown(name)}`);
      if (run.quiet > 0) return false;
    }
    return ok;
  };
};

/** `minProperties`. */
export const minProperties: Keyword = (schema) => {
  const limit = readCount(schema, "minProperties");
  if (limit === undefined) return undefined;
  const message = `must have at least ${limit} ${limit === 1 ? "property" : "properties"}`;
  return (value, run) =>
    !isObject(value) || namesOf(value, run).length >= limit || run.fail("minProperties", message);
};

/** `maxProperties`. */
export const maxProperties: Keyword = (schema) => {
  const limit = readCount(schema, "maxProperties");
  if (limit === undefined) return undefined;
  const message = `must have at most ${limit} ${limit === 1 ? "property" : "properties"}`;
  return (value, run) =>
    !isObject(value) || namesOf(value, run).length <= limit || run.fail("maxProperties", message);
};
