import { describe, expect, test } from "vitest";
import * as z from "zod";
import { defineServer, type JsonSchema, jsonSchema, REVISIONS, s, tool } from "../../src/index.ts";
import { connect } from "../../src/testing/index.ts";

const members: JsonSchema[] = [
  { type: "object", properties: { path: { type: "string" } }, required: ["path"] },
  { type: "object", properties: { url: { type: "string" } }, required: ["url"] },
];

const plain = tool({
  name: "plain",
  description: "Plain JSON Schema.",
  input: jsonSchema<{ path?: string; url?: string }>({ type: "object", oneOf: members }),
  run: () => "",
});
const zod = tool({
  name: "zod",
  description: "A discriminated union.",
  input: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("file"), path: z.string() }),
    z.object({ kind: z.literal("page"), url: z.string() }),
  ]),
  run: (target) => (target.kind === "file" ? target.path : target.url),
});
const own = tool({
  name: "own",
  description: "Ours.",
  input: s.object({ target: s.union([s.string(), s.integer()]) }),
  run: ({ target }) => String(target),
});
const server = defineServer({ name: "unions", version: "1.0.0", tools: [plain, zod, own] });

// Union schemas were dropped, or published as empty objects, when libraries or revisions did not agree.
describe.each(REVISIONS)("a union schema on %s", (revision) => {
  test("is published whole, from every kind of schema", async () => {
    await using client = await connect(server, { revision });
    const tools = await client.listTools();
    const schemaOf = (name: string) => tools.find((one) => one.name === name)?.inputSchema;
    expect(schemaOf("plain")).toEqual({ type: "object", oneOf: members });
    expect(JSON.stringify(schemaOf("zod"))).toMatch(/"(oneOf|anyOf)":\[.*"path".*"url"/);
    expect(schemaOf("own")).toMatchObject({
      properties: { target: { anyOf: [{ type: "string" }, { type: "integer" }] } },
    });
  });

  test("is what arguments are checked against", async () => {
    await using client = await connect(server, { revision });
    const { content } = await client.callTool("zod", { kind: "page", url: "here" });
    expect(content).toMatchObject([{ text: "here" }]);
    const wrong = client.callTool("zod", { kind: "page", path: "here" });
    if (revision >= "2025-11-25") expect(await wrong).toMatchObject({ isError: true });
    else await expect(wrong).rejects.toMatchObject({ code: -32602 });
  });
});
