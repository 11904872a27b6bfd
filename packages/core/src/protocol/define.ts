import type { JsonSchemaObject } from "../schema/json-schema.ts";
import type { Schema } from "../schema/standard.ts";
import { validate } from "../schema/validate.ts";
import { bodyOf, register } from "./catalogue.ts";
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
 * Names a shape and adds it to the vocabulary. Start-up pays for the name alone: `shape` is called
 * when the definition is first needed.
 * @throws {Error} when the name is taken
 */
export function define<T>(name: string, shape: () => Schema<T>): Definition<T> {
  const json = register(name, () => shape().json);
  const document = () => schemaOfNewest(name, json) as Record<string, unknown>;
  return {
    name,
    json,
    "~standard": {
      version: 1,
      vendor: "portico",
      validate: (value) => validate<T>(document(), value),
      jsonSchema: { input: document, output: document },
    },
  };
}

function schemaOfNewest(name: string, json: JsonSchemaObject): JsonSchemaObject {
  const { "x-until": until = LATEST_REVISION } = (bodyOf(name) ?? {}) as Marks;
  return schemaFor({ json }, until);
}
