import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject, JsonSchemaObject } from "../schema/json-schema.ts";
import { paramHeaderFields, paramHeaderMismatch, paramHeadersOf } from "./param-headers.ts";

const object = (properties: Record<string, JsonSchemaObject>): JsonSchemaObject => ({
  type: "object",
  properties,
});
const marked = (name: unknown, type: string | string[] = "string"): JsonSchemaObject => ({
  type,
  "x-mcp-header": name,
});

describe("the headers a tool asks for", () => {
  test("are those of its marked parameters, however deep in objects", () => {
    const schema = object({
      region: marked("Region"),
      query: { type: "string" },
      limits: object({ count: marked("Count", "integer"), dry: marked("Dry", "boolean") }),
    });
    expect(paramHeadersOf(schema)).toEqual([
      { header: "Mcp-Param-Region", path: ["region"] },
      { header: "Mcp-Param-Count", path: ["limits", "count"] },
      { header: "Mcp-Param-Dry", path: ["limits", "dry"] },
    ]);
  });

  test("may be of a parameter that can be null", () => {
    expect(paramHeadersOf(object({ a: marked("A", ["string", "null"]) }))).toHaveLength(1);
  });

  test("are none where the keyword is a name or data", () => {
    const schema = {
      ...object({
        "x-mcp-header": { type: "array" },
        a: { type: "object", default: marked("A"), enum: [marked("A")], examples: [marked("A")] },
      }),
      $defs: { "x-mcp-header": { type: "string" } },
      const: marked("A"),
    };
    expect(paramHeadersOf(schema)).toEqual([]);
  });
});

describe("a tool is not to be listed", () => {
  test.each([
    ["without a name", marked("")],
    ["with a name that is no text", marked(7)],
    ["with a space in the name", marked("My Region")],
    ["with a colon in the name", marked("Region:")],
    ["with a name beyond ASCII", marked("Région")],
    ["with a tab in the name", marked("Region\t1")],
    ["with a line break in the name", marked("Region\r\nX: y")],
    ["on a number", marked("A", "number")],
    ["on null", marked("A", "null")],
    ["on an array", marked("A", "array")],
    ["on an object", marked("A", "object")],
    ["on two types", marked("A", ["string", "integer"])],
    ["on any type", { "x-mcp-header": "A" }],
    ["inside items", { type: "array", items: marked("A") }],
    ["inside prefixItems", { type: "array", prefixItems: [marked("A")] }],
    ["inside anyOf", { anyOf: [marked("A"), { type: "null" }] }],
    ["inside not", { not: marked("A") }],
    ["inside if", { if: object({ b: marked("A") }) }],
    ["inside additionalProperties", { type: "object", additionalProperties: marked("A") }],
    ["inside patternProperties", { type: "object", patternProperties: { "^a": marked("A") } }],
  ])("that asks for a header %s", (_what, property) => {
    expect(() => paramHeadersOf(object({ a: property as JsonSchemaObject }))).toThrow(
      "x-mcp-header",
    );
  });

  test("that asks for one inside $defs, where a $ref might lead", () => {
    const schema = { ...object({ a: { $ref: "#/$defs/A" } }), $defs: { A: marked("A") } };
    expect(() => paramHeadersOf(schema)).toThrow('inside "$defs"');
  });

  test("that asks for one of all its arguments", () => {
    expect(() => paramHeadersOf({ ...object({}), "x-mcp-header": "A" })).toThrow("as a whole");
  });

  test.each([
    ["Region", "Region"],
    ["MyField", "myfield"],
  ])("that asks for %s and %s", (first, second) => {
    const schema = object({ a: marked(first), b: object({ c: marked(second) }) });
    expect(() => paramHeadersOf(schema)).toThrow("two parameters");
  });
});

const headers = paramHeadersOf(
  object({
    text: marked("Text"),
    count: marked("Count", "integer"),
    dry: marked("Dry", "boolean"),
    in: object({ deep: marked("Deep") }),
  }),
);
const mismatch = (args: JsonObject, fields: Record<string, string>) =>
  paramHeaderMismatch(headers, args, (name) => fields[name]);

describe("the headers of a call", () => {
  test("repeat its arguments as text", () => {
    const args = { text: " é", count: -7, dry: false, in: { deep: "x" }, more: 1 };
    expect(paramHeaderFields(headers, args)).toEqual({
      "Mcp-Param-Text": "=?base64?IMOp?=",
      "Mcp-Param-Count": "-7",
      "Mcp-Param-Dry": "false",
      "Mcp-Param-Deep": "x",
    });
  });

  test.each<JsonObject>([
    {},
    { text: null, in: null },
    { in: "deep" },
    { in: ["deep"] },
    { text: {}, in: {} },
  ])("are none for arguments that have no value there: %j", (args) => {
    expect(paramHeaderFields(headers, args)).toEqual({});
    expect(mismatch(args, {})).toBeUndefined();
  });

  test("never come from what an object inherits", () => {
    const inherited = paramHeadersOf(object({ constructor: object({ name: marked("A") }) }));
    expect(paramHeaderFields(inherited, {})).toEqual({});
  });

  test("cannot repeat an integer that would change on the way", () => {
    expect(() => paramHeaderFields(headers, { count: 2 ** 53 })).toThrow(RangeError);
    expect(mismatch({ count: 2 ** 53 }, { "Mcp-Param-Count": "9007199254740992" })).toBeDefined();
  });

  test("agree with the arguments they were made from, and with no others", () => {
    const args = fc.record(
      {
        text: fc.oneof(fc.string({ unit: "grapheme" }), fc.constant(null)),
        count: fc.maxSafeInteger(),
        dry: fc.boolean(),
        in: fc.record({ deep: fc.string({ unit: "grapheme" }) }, { requiredKeys: [] }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(args, args, (sent, received) => {
        const fields = paramHeaderFields(headers, sent as JsonObject);
        expect(mismatch(sent as JsonObject, fields)).toBeUndefined();
        const same =
          JSON.stringify(fields) ===
          JSON.stringify(paramHeaderFields(headers, received as JsonObject));
        expect(mismatch(received as JsonObject, fields) === undefined).toBe(same);
      }),
      { seed: 20261122, numRuns: 1000 },
    );
  });

  test("may write an integer with a fraction of nothing", () => {
    expect(mismatch({ count: 42 }, { "Mcp-Param-Count": "42.0" })).toBeUndefined();
    expect(mismatch({ count: 42 }, { "Mcp-Param-Count": "0x2a" })).toBeDefined();
    expect(mismatch({ text: "42" }, { "Mcp-Param-Text": "42.0" })).toBeDefined();
  });

  test.each([
    ["missing", { text: "a" }, {}, "is missing"],
    ["of a value that is null", { text: null }, { "Mcp-Param-Text": "a" }, "does not say"],
    ["different", { text: "a" }, { "Mcp-Param-Text": "A" }, "does not say"],
    ["damaged", { text: "Hello" }, { "Mcp-Param-Text": "=?base64?SGVsbG8?=" }, "does not say"],
  ])("disagree when one is %s", (_how, args, fields, reason) => {
    expect(mismatch(args, fields as Record<string, string>)).toContain(reason);
  });
});
