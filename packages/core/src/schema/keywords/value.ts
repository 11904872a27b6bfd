import { equal } from "../equal.ts";
import { readList, SchemaError, shown } from "../error.ts";
import type { Rule } from "../run.ts";
import type { Keyword } from "./builder.ts";

const typeRules: Record<string, Rule | undefined> = {
  string: (value, run) => typeof value === "string" || run.fail("type", "must be a string"),
  number: (value, run) =>
    (typeof value === "number" && Number.isFinite(value)) || run.fail("type", "must be a number"),
  integer: (value, run) => Number.isInteger(value) || run.fail("type", "must be an integer"),
  boolean: (value, run) => typeof value === "boolean" || run.fail("type", "must be true or false"),
  null: (value, run) => value === null || run.fail("type", "must be null"),
  array: (value, run) => Array.isArray(value) || run.fail("type", "must be an array"),
  object: (value, run) =>
    (typeof value === "object" && value !== null && !Array.isArray(value)) ||
    run.fail("type", "must be an object"),
};

/** `type`: one name, or a list of alternatives. */
export const type: Keyword = (schema) => {
  const declared = schema.type;
  if (declared === undefined) return undefined;
  const names: readonly unknown[] = Array.isArray(declared) ? declared : [declared];
  const rules = names.map((name) => typeRule(name, declared));
  const [first] = rules;
  if (!first) throw new SchemaError("type must name at least one type.");
  if (rules.length === 1) return first;
  const message = `must be ${names.join(" or ")}`;
  return (value, run) => {
    run.quiet += 1;
    const ok = rules.some((rule) => rule(value, run, undefined));
    run.quiet -= 1;
    return ok || run.fail("type", message);
  };
};

function typeRule(name: unknown, declared: unknown): Rule {
  const rule =
    typeof name === "string" && Object.hasOwn(typeRules, name) ? typeRules[name] : undefined;
  if (rule) return rule;
  throw new SchemaError(`type must be a JSON type name or a list of them, not ${shown(declared)}.`);
}

/** `const`: exactly this value. */
export const constant: Keyword = (schema) => {
  if (schema.const === undefined) return undefined;
  const expected = schema.const;
  const message = `must be ${shown(expected)}`;
  if (typeof expected !== "object") {
    return (value, run) => value === expected || run.fail("const", message);
  }
  return (value, run) => equal(expected, value) || run.fail("const", message);
};

/** `enum`: one of these values. */
export const enumeration: Keyword = (schema) => {
  const values = readList(schema, "enum");
  if (!values) return undefined;
  const simple = new Set(values.filter((value) => typeof value !== "object" || value === null));
  const deep = values.filter((value) => typeof value === "object" && value !== null);
  const message = () => {
    const names = values.slice(0, 20).map(shown).join(", ");
    return `must be one of ${names}${values.length > 20 ? `, … (${values.length} values)` : ""}`;
  };
  return (value, run) =>
    simple.has(value) ||
    deep.some((candidate) => equal(candidate, value)) ||
    run.fail("enum", run.quiet > 0 ? "" : message());
};
