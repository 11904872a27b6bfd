import { audio, embedded, image, jsonSchema, s, ToolError, text, tool } from "@portico/core";
import { PIXEL, SILENCE } from "./media.ts";

/** One tool for each kind of content, and for arguments that are hard to carry. */
export const contentTools = [
  tool({
    name: "test_simple_text",
    description: "Answers with text.",
    run: () => "This is a simple text response for testing.",
  }),
  tool({
    name: "test_image_content",
    description: "Answers with a picture.",
    run: () => image(PIXEL, "image/png"),
  }),
  tool({
    name: "test_audio_content",
    description: "Answers with a sound.",
    run: () => audio(SILENCE, "audio/wav"),
  }),
  tool({
    name: "test_embedded_resource",
    description: "Answers with a resource.",
    run: () =>
      embedded("test://embedded-resource", "This is an embedded resource content.", "text/plain"),
  }),
  tool({
    name: "test_multiple_content_types",
    description: "Answers with text, a picture and a resource.",
    run: () => [
      text("Multiple content types test:"),
      image(PIXEL, "image/png"),
      embedded(
        "test://mixed-content-resource",
        JSON.stringify({ test: "data", value: 123 }),
        "application/json",
      ),
    ],
  }),
  tool({
    name: "test_error_handling",
    description: "Fails.",
    run() {
      throw new ToolError("This tool intentionally returns an error for testing");
    },
  }),
  tool({
    name: "test_x_mcp_header",
    description: "Takes an argument that travels in a header as well.",
    input: jsonSchema<{ region: string }>({
      type: "object",
      properties: { region: { type: "string", "x-mcp-header": "Region" } },
      required: ["region"],
    }),
    run: ({ region }) => `Region: ${region}`,
  }),
  tool({
    name: "json_schema_2020_12_tool",
    description: "Has an input schema with much of JSON Schema 2020-12 in it.",
    input: jsonSchema<object>({
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
      // biome-ignore lint/suspicious/noThenProperty: it is JSON Schema's keyword.
      ...{
        if: { properties: { contactMethod: { const: "phone" } }, required: ["contactMethod"] },
        then: { required: ["phone"] },
        else: { required: ["email"] },
      },
      additionalProperties: false,
    }),
    run: (given) => `Given: ${JSON.stringify(given)}`,
  }),
  tool({
    name: "add_numbers",
    description: "Adds two numbers.",
    input: s.object({ a: s.number(), b: s.number() }),
    run: ({ a, b }) => String(a + b),
  }),
];
