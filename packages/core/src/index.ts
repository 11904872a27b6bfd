export * from "./protocol/revisions.ts";
export { jsonSchema, s } from "./schema/build.ts";
export type { JsonObject, JsonSchema, JsonSchemaObject, JsonValue } from "./schema/json-schema.ts";
export type {
  Output,
  Schema,
  StandardIssue,
  StandardResult,
  StandardSchema,
} from "./schema/standard.ts";
