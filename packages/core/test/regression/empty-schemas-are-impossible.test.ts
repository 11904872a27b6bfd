import { describe, expect, test } from "vitest";
import * as z from "zod";
import { defineServer, REVISIONS, tool } from "../../src/index.ts";
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
