import { describe, expect, test } from "vitest";
import * as z from "zod";
import {
  defineServer,
  type JsonSchemaObject,
  jsonSchema,
  REVISIONS,
  tool,
} from "../../src/index.ts";
import { connect } from "../../src/testing/index.ts";

// A schema library that did not match its converter published `{}`, and every argument was lost.
describe("a schema that cannot be published", () => {
  const define = (input: unknown) => () =>
    tool({ name: "t", description: "d", input: input as z.ZodObject, run: () => "" });

  test.each([
    ["a Zod schema with a date in it", z.object({ when: z.date() })],
    ["a Zod schema of anything", z.any()],
    ["a Zod schema of a string", z.string()],
    ["a plain JSON Schema that was not wrapped", { type: "object" }],
    ["a raw shape of Zod schemas", { path: z.string() }],
    [
      "a Standard Schema without JSON Schema",
      { "~standard": { version: 1, vendor: "x", validate() {} } },
    ],
    ["no schema at all", null],
  ])("is an error where it is defined: %s", (_, input) => {
    expect(define(input)).toThrow(TypeError);
    expect(define(input)).toThrow(/tool t/i);
  });
});

// Its tool was listed, and then failed each call with a bug in the log.
describe("a plain JSON Schema by which nothing can be checked", () => {
  const nested = (depth: number): object =>
    depth === 0 ? { type: "null" } : { type: "object", properties: { a: nested(depth - 1) } };
  const cyclic: { type: string; properties: object } = { type: "object", properties: {} };
  cyclic.properties = { a: cyclic };

  test.each([
    ["a reference to the network", { $ref: "https://example.org/x.json" }, /example\.org/],
    ["a reference to nowhere", { $ref: "#/$defs/none" }, /points at no schema/],
    ["a pattern that is none", { type: "string", pattern: "(" }, /pattern "\("/],
    ["a type there is none of", { type: "strin" }, /"strin"/],
    ["a count that is a word", { type: "string", minLength: "x" }, /minLength/],
    ["a dialect nobody knows", { $id: "a", $schema: "https://example.org/" }, /dialect/],
    ["endless depth", nested(5_000), /nested 200 deep/],
    ["itself", cyclic, /written as JSON/],
  ])("is an error where it is defined: %s", (_, a, reason) => {
    const schema = jsonSchema<object>({ type: "object", properties: { a } } as JsonSchemaObject);
    const facts = { name: "t", description: "d" };
    const input = () => tool({ ...facts, input: schema, run: () => "" });
    const output = () => tool({ ...facts, output: schema, run: () => ({}) });
    for (const [define, side] of [
      [input, "input"],
      [output, "output"],
    ] as const) {
      expect(define).toThrow(TypeError);
      expect(define).toThrow(`The ${side} of tool t cannot be used: `);
      expect(define).toThrow(reason);
    }
  });
});

test.each(REVISIONS)(
  "a tool without input says so in %s: an object without properties",
  async (revision) => {
    const bare = tool({ name: "bare", description: "Takes nothing.", run: () => "ok" });
    await using client = await connect(
      defineServer({ name: "bare", version: "1.0.0", tools: [bare] }),
      { revision },
    );
    const [listed] = await client.listTools();
    expect(listed?.inputSchema).toEqual({ type: "object", additionalProperties: false });
    expect(await client.callTool("bare", { made: "up" })).toMatchObject({
      content: [{ text: "ok" }],
    });
  },
);
