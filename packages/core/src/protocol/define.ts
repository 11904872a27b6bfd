import type { JsonSchemaObject } from "../schema/json-schema.ts";
import type { Schema } from "../schema/standard.ts";
import { validate } from "../schema/validate.ts";
import { register } from "./catalogue.ts";
import { schemaFor } from "./derive.ts";
import type { Marks } from "./marks.ts";
import { LATEST_REVISION } from "./revisions.ts";

/**
 * A named part of the protocol. Its `json` is a reference to it; {@link schemaFor} gives the schema
 * of one revision. On its own it checks values as the newest revision that has it does.
 */
export interface Definition<T = unknown> extends Schema<T> {
  /** The name the official schema uses. */
  readonly name: string;
}

/**
 * Names `schema` and adds it to the vocabulary.
 * @throws {Error} when the name is taken
 */
export function define<T>(name: string, schema: Schema<T>): Definition<T> {
  const json = register(name, schema.json);
  const newest = (schema.json as Marks)["x-until"] ?? LATEST_REVISION;
  const document = (): JsonSchemaObject => schemaFor(definition, newest);
  const definition: Definition<T> = {
    name,
    json,
    "~standard": {
      version: 1,
      vendor: "portico",
      validate: (value) => validate<T>(document(), value),
      jsonSchema: {
        input: () => document() as Record<string, unknown>,
        output: () => document() as Record<string, unknown>,
      },
    },
  };
  return definition;
}
