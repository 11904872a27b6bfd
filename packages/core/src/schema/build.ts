import type { JsonSchema, JsonSchemaObject } from "./json-schema.ts";
import type { Schema } from "./standard.ts";
import { validate } from "./validate.ts";

/** Keywords any constructor of {@link s} takes besides its own: title, description, default, limits. */
export type Keywords = Omit<JsonSchemaObject, "type" | "properties" | "required" | "items">;

/** Marks a property that may be absent. */
export interface OptionalSchema<T> extends Schema<T> {
  readonly optional: true;
}

type Fields = Record<string, Schema<never> | Schema<unknown>>;
type TypeOf<S> = S extends Schema<infer T> ? T : never;
type OptionalKeys<F> = {
  [K in keyof F]: F[K] extends OptionalSchema<unknown> ? K : never;
}[keyof F];

/** The object type that fields describe: optional ones become `?:`. */
export type Shape<F> = {
  [K in Exclude<keyof F, OptionalKeys<F>>]: TypeOf<F[K]>;
} & { [K in OptionalKeys<F>]?: TypeOf<F[K]> } extends infer O
  ? { [K in keyof O]: O[K] }
  : never;

/**
 * Wraps a plain JSON Schema as a {@link Schema} whose values have type `T`.
 * The schema is neither copied nor changed, so it reaches the other side word for word.
 */
export function jsonSchema<T = unknown>(json: JsonSchemaObject): Schema<T> {
  return new PlainSchema<T>(json);
}

/** True for what {@link jsonSchema} wraps: any JSON, that may be no schema one can check by. */
export function isPlain(schema: object): boolean {
  return schema instanceof PlainSchema;
}

function built<T>(json: JsonSchemaObject): Schema<T> {
  return new OwnSchema<T>(json);
}

/** A server makes thousands of these while it starts and checks by few of them: the rest is made when it is read. */
class OwnSchema<T> implements Schema<T> {
  readonly json: JsonSchemaObject;
  #standard: Schema<T>["~standard"] | undefined;

  constructor(json: JsonSchemaObject) {
    this.json = json;
  }

  get "~standard"(): Schema<T>["~standard"] {
    this.#standard ??= standardOf<T>(this.json);
    return this.#standard;
  }
}

class PlainSchema<T> extends OwnSchema<T> {}

class OptionalOwnSchema<T> extends OwnSchema<T> implements OptionalSchema<T> {
  get optional(): true {
    return true;
  }
}

function standardOf<T>(json: JsonSchemaObject): Schema<T>["~standard"] {
  return {
    version: 1,
    vendor: "portico",
    validate: (value) => validate<T>(json, value),
    jsonSchema: {
      input: () => json as Record<string, unknown>,
      output: () => json as Record<string, unknown>,
    },
  };
}

function object<F extends Fields>(fields: F, keywords?: Keywords): Schema<Shape<F>> {
  const properties: Record<string, JsonSchema> = {};
  const required: string[] = [];
  for (const [name, field] of Object.entries(fields)) {
    properties[name] = field.json;
    if (!("optional" in field)) required.push(name);
  }
  return built({
    type: "object",
    properties,
    ...(required.length > 0 && { required }),
    ...keywords,
  });
}

/** Marks `schema` as a property that may be absent from its object. */
function optional<T>(schema: Schema<T>): OptionalSchema<T> {
  return new OptionalOwnSchema<T>(schema.json);
}

/**
 * Typed constructors of JSON Schema: each returns a {@link Schema} that is at once the published JSON
 * Schema, the check, and the TypeScript type. A trailing `keywords` object adds any JSON Schema keyword.
 */
export const s = {
  string: (keywords?: Keywords): Schema<string> => built({ type: "string", ...keywords }),
  number: (keywords?: Keywords): Schema<number> => built({ type: "number", ...keywords }),
  integer: (keywords?: Keywords): Schema<number> => built({ type: "integer", ...keywords }),
  boolean: (keywords?: Keywords): Schema<boolean> => built({ type: "boolean", ...keywords }),
  null: (): Schema<null> => built({ type: "null" }),
  /** Any JSON value at all. */
  unknown: (keywords?: Keywords): Schema<unknown> => built({ ...keywords }),
  literal: <const V extends string | number | boolean>(value: V, keywords?: Keywords): Schema<V> =>
    built({ const: value, ...keywords }),
  enum: <const V extends readonly string[]>(values: V, keywords?: Keywords): Schema<V[number]> =>
    built({ type: "string", enum: values, ...keywords }),
  array: <T>(items: Schema<T>, keywords?: Keywords): Schema<T[]> =>
    built({ type: "array", items: items.json, ...keywords }),
  object,
  /** An object with any keys, each value of one kind. */
  record: <T>(values: Schema<T>, keywords?: Keywords): Schema<Record<string, T>> =>
    built({ type: "object", additionalProperties: values.json, ...keywords }),
  union: <const S extends readonly Schema<unknown>[]>(
    members: S,
    keywords?: Keywords,
  ): Schema<TypeOf<S[number]>> =>
    built({ anyOf: members.map((member) => member.json), ...keywords }),
  optional,
};
