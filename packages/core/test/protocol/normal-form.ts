import type { JsonSchema, JsonSchemaObject } from "../../src/schema/json-schema.ts";

/** A schema in normal form: two schemas that mean the same here look the same. */
export type NormalForm = { readonly [keyword: string]: unknown };

type Schemas = Readonly<Record<string, JsonSchemaObject>>;

/**
 * Writes `schema` with every reference expanded and everything without a meaning taken out:
 * descriptions, orders, empty keywords, and the ways of saying one thing twice.
 */
export function normalForm(schema: JsonSchemaObject, definitions: Schemas): NormalForm {
  const { description: _, $comment, $defs, $schema, ...rest } = schema;
  if (typeof rest.$ref === "string") return normalForm(target(rest.$ref, definitions), definitions);
  if (rest.allOf) return merged(rest.allOf as JsonSchemaObject[], definitions);
  const alternatives = alternativesOf(rest);
  if (alternatives) return union(alternatives.map((one) => normalForm(one, definitions)));
  return object(rest, definitions);
}

function target(ref: string, definitions: Schemas): JsonSchemaObject {
  const name = ref.slice(ref.lastIndexOf("/") + 1);
  const found = definitions[name];
  if (!found) throw new Error(`${ref} leads nowhere.`);
  return found;
}

function alternativesOf(schema: JsonSchemaObject): JsonSchemaObject[] | undefined {
  if (schema.anyOf) return schema.anyOf as JsonSchemaObject[];
  if (Array.isArray(schema.type)) return schema.type.map((type) => ({ ...schema, type }));
  if (schema.enum) return schema.enum.map((value) => ({ const: value }));
  return undefined;
}

function union(members: readonly NormalForm[]): NormalForm {
  const flat = members.flatMap((member) => (member.anyOf as NormalForm[] | undefined) ?? [member]);
  const distinct = new Map(flat.map((member) => [JSON.stringify(member), member]));
  const ordered = [...distinct.keys()].sort().map((key) => distinct.get(key) as NormalForm);
  return ordered.length === 1 ? (ordered[0] as NormalForm) : { anyOf: ordered };
}

function object(schema: JsonSchemaObject, definitions: Schemas): NormalForm {
  const { properties = {}, required = [], items, additionalProperties, ...plain } = schema;
  if ("const" in plain) delete plain.type;
  const entries = Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1));
  const others = constraint(additionalProperties, definitions);
  return sorted({
    ...plain,
    ...(entries.length > 0 && {
      properties: Object.fromEntries(
        entries.map(([name, one]) => [name, normalForm(one as JsonSchemaObject, definitions)]),
      ),
    }),
    ...(required.length > 0 && { required: [...required].sort() }),
    ...(items !== undefined && { items: normalForm(items as JsonSchemaObject, definitions) }),
    ...(others && { additionalProperties: others }),
  });
}

/** What a subschema asks for; undefined when it allows anything. */
function constraint(schema: JsonSchema | undefined, definitions: Schemas): NormalForm | undefined {
  if (typeof schema !== "object" || Object.keys(schema).length === 0) return undefined;
  const form = normalForm(schema, definitions);
  return Object.keys(form).length > 0 ? form : undefined;
}

/** `allOf` of objects is the object with the properties of all; a property of two has both their keywords. */
function merged(parts: readonly JsonSchemaObject[], definitions: Schemas): NormalForm {
  const forms = parts.map((part) => normalForm(part, definitions));
  const properties: Record<string, NormalForm> = {};
  for (const form of forms) {
    for (const [name, one] of Object.entries((form.properties ?? {}) as typeof properties)) {
      const both = { ...properties[name], ...one };
      if ("const" in both) delete both.type;
      properties[name] = both;
    }
  }
  const required = new Set(forms.flatMap((form) => (form.required ?? []) as string[]));
  return object({ type: "object", properties, required: [...required] }, {});
}

function sorted(form: Record<string, unknown>): NormalForm {
  return Object.fromEntries(Object.entries(form).sort(([a], [b]) => (a < b ? -1 : 1)));
}
