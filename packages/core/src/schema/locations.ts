import type { Dialect } from "./dialect.ts";
import { isPlainObject } from "./error.ts";
import type { JsonSchemaObject } from "./json-schema.ts";

const shared = {
  one: ["additionalProperties", "contains", "else", "if", "items", "not", "propertyNames", "then"],
  list: ["allOf", "anyOf", "oneOf"],
  map: ["definitions", "dependencies", "patternProperties", "properties"],
};

/** Where subschemas sit: directly under a keyword, in a list under it, or in a map under it. */
const locations = {
  "2020-12": {
    one: [...shared.one, "contentSchema", "unevaluatedItems", "unevaluatedProperties"],
    list: [...shared.list, "prefixItems"],
    map: [...shared.map, "$defs", "dependentSchemas"],
  },
  "draft-07": {
    one: [...shared.one, "additionalItems"],
    list: [...shared.list, "items"],
    // $defs is not draft-07's word, but generators that declare draft-07 use it all the same.
    map: [...shared.map, "$defs"],
  },
} as const;

/** Every schema object directly below `schema`; the contents of unknown keywords are not schemas. */
export function subschemas(schema: JsonSchemaObject, dialect: Dialect): JsonSchemaObject[] {
  const { one, list, map } = locations[dialect.draft];
  const found: JsonSchemaObject[] = [];
  const take = (candidate: unknown) => {
    if (isPlainObject(candidate)) found.push(candidate);
  };
  for (const keyword in schema) {
    const value = schema[keyword];
    if (typeof value !== "object" || value === null) continue;
    if (Array.isArray(value)) {
      if ((list as readonly string[]).includes(keyword)) value.forEach(take);
    } else if ((one as readonly string[]).includes(keyword)) take(value);
    else if ((map as readonly string[]).includes(keyword)) Object.values(value).forEach(take);
  }
  return found;
}
