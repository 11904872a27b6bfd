import type { JsonSchema, JsonSchemaObject } from "../schema/json-schema.ts";
import { bodyOf, referenceOf } from "./catalogue.ts";

/**
 * How well `value` fits `json` at first sight: 0 when it cannot be one, else more the more required
 * properties it has. Looks at the value's type and at properties that tell shapes apart, not deeper;
 * it tells members of a union apart, it does not validate.
 */
export function likeness(json: JsonSchema, value: unknown): number {
  if (typeof json === "boolean") return json ? 1 : 0;
  const name = referenceOf(json);
  if (name !== undefined) return likeness(bodyOf(name) ?? false, value);
  if (json.anyOf) return Math.max(...json.anyOf.map((member) => likeness(member, value)));
  if (!allows(json, value)) return 0;
  if (json.type !== "object") return 1;
  return likenessOfObject(json, value as Record<string, unknown>);
}

function likenessOfObject(json: JsonSchemaObject, value: Record<string, unknown>): number {
  const required = json.required ?? [];
  for (const name of required) {
    const property = json.properties?.[name];
    const inner = value[name];
    if (inner === undefined) return 0;
    if (typeof property === "object" && !allows(property, inner)) return 0;
  }
  return 1 + required.length;
}

function allows(json: JsonSchemaObject, value: unknown): boolean {
  if (json.const !== undefined && json.const !== value) return false;
  if (json.enum !== undefined && !json.enum.includes(value)) return false;
  switch (json.type) {
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "array":
      return Array.isArray(value);
    case "integer":
      return typeof value === "number";
    case "null":
      return value === null;
    default:
      return json.type === undefined || typeof value === json.type;
  }
}
