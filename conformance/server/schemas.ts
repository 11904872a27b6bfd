import { jsonSchema, s, tool } from "@portico/core";

const KEYWORDS_OF_2020_12 = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  type: "object",
  $defs: {
    address: {
      $anchor: "addressDef",
      type: "object",
      properties: { street: { type: "string" }, city: { type: "string" } },
    },
  },
  properties: {
    name: { type: "string" },
    address: { $ref: "#/$defs/address" },
    contactMethod: { type: "string", enum: ["phone", "email"] },
    phone: { type: "string" },
    email: { type: "string" },
  },
  allOf: [{ anyOf: [{ required: ["phone"] }, { required: ["email"] }] }],
  if: { properties: { contactMethod: { const: "phone" } }, required: ["contactMethod"] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { required: ["phone"] },
  else: { required: ["email"] },
  additionalProperties: false,
};

/** Tools whose input schema is what is looked at. */
export const schemaTools = [
  tool({
    name: "json_schema_2020_12_tool",
    description: "Takes arguments described with keywords of JSON Schema 2020-12.",
    input: jsonSchema<Record<string, unknown>>(KEYWORDS_OF_2020_12),
    run: (args) => `Called with ${JSON.stringify(args)}.`,
  }),
  tool({
    name: "test_x_mcp_header",
    description: "Takes an argument that HTTP repeats in a header.",
    input: s.object({ region: s.string({ "x-mcp-header": "Region" }) }),
    run: ({ region }) => `Region: ${region}`,
  }),
];
