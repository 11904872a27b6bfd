import { equal } from "../equal.ts";
import { isPlainObject, readList, SchemaError, shown } from "../error.ts";
import type { Run } from "../run.ts";
import type { Keyword } from "./builder.ts";

interface JsonType {
  readonly phrase: string;
  readonly has: (value: unknown) => boolean;
}

const types: Record<string, JsonType | undefined> = {
  string: { phrase: "a string", has: (value) => typeof value === "string" },
  number: { phrase: "a number", has: Number.isFinite },
  integer: { phrase: "an integer", has: Number.isInteger },
  boolean: { phrase: "true or false", has: (value) => typeof value === "boolean" },
  null: { phrase: "null", has: (value) => value === null },
  array: { phrase: "an array", has: Array.isArray },
  object: { phrase: "an object", has: isPlainObject },
};

/** `type`: one name, or a list of alternatives. */
export const type: Keyword = (schema) => {
  const declared = schema.type;
  if (declared === undefined) return undefined;
  const names = [...new Set<unknown>(Array.isArray(declared) ? declared : [declared])];
  const accepted = names.map((name) => readType(name, declared));
  const message = `must be ${accepted.map(({ phrase }) => phrase).join(" or ")}`;
  const [first, ...others] = accepted.map(({ has }) => has);
  if (!first) throw new SchemaError("type must name at least one type.");
  if (others.length === 0) return (value, run) => first(value) || run.fail("type", message);
  return (value, run) =>
    first(value) || others.some((has) => has(value)) || run.fail("type", message);
};

function readType(name: unknown, declared: unknown): JsonType {
  const found = typeof name === "string" && Object.hasOwn(types, name) ? types[name] : undefined;
  if (found) return found;
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
  return (value, run) => equal(expected, value, run) || run.fail("const", message);
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
  const isOneOf = (value: unknown, run: Run) => {
    if (simple.has(value)) return true;
    run.spend(deep.length);
    return deep.some((candidate) => equal(candidate, value, run));
  };
  return (value, run) => isOneOf(value, run) || run.fail("enum", run.quiet > 0 ? "" : message());
};
