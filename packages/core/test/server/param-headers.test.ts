import { expect, test } from "vitest";
import { type JsonSchemaObject, jsonSchema, tool } from "../../src/index.ts";

/** A tool whose argument `place` has this schema. */
const taking = (place: JsonSchemaObject) => () =>
  tool({
    name: "weather",
    description: "Tells the weather.",
    input: jsonSchema<{ place: never }>({ type: "object", properties: { place } }),
    run: () => "rain",
  });

test.each([
  [{ type: "object", "x-mcp-header": "Place" }, "only a string, an integer or a boolean"],
  [{ type: "string", "x-mcp-header": "a place" }, "cannot be part of its name"],
  [{ type: "array", items: { type: "string", "x-mcp-header": "Place" } }, 'inside "items"'],
])("a tool whose argument asks for a header it cannot have is not defined: %j", (place, reason) => {
  expect(taking(place)).toThrow(TypeError);
  expect(taking(place)).toThrow("The input of tool weather breaks a rule of x-mcp-header: ");
  expect(taking(place)).toThrow(reason);
});

test("a tool whose argument asks for a header it can have is defined", () => {
  const { published } = taking({ type: "string", "x-mcp-header": "Place" })();
  expect(published.inputSchema).toHaveProperty("properties.place.x-mcp-header", "Place");
});
