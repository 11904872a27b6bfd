import { describe, expect, test } from "vitest";
import { jsonSchema, s } from "../schema/build.ts";
import {
  CallToolResult,
  type ContentBlock,
  CreateMessageRequestParams,
  ElicitRequestParams,
  ListToolsResult,
  PromptMessage,
  project,
  type Revision,
  ServerCapabilities,
  type Tool,
} from "./index.ts";

const audio = { type: "audio", data: "AAAA", mimeType: "audio/wav" } as const;
const link = { type: "resource_link", name: "notes", uri: "file:///notes.md" } as const;
const text = (value: string): ContentBlock => ({ type: "text", text: value });

function contentIn(revision: Revision, ...content: ContentBlock[]): ContentBlock[] {
  return project(CallToolResult, revision, { content }).content;
}

function toolIn(revision: Revision, tool: Partial<Tool>): Tool | undefined {
  const whole: Tool = { name: "t", inputSchema: { type: "object" }, ...tool };
  return project(ListToolsResult, revision, { tools: [whole] }).tools[0];
}

test("a value the revision has words for comes back as the same object", () => {
  const result = { resultType: "complete", content: [text("hi"), audio, link] };
  expect(project(CallToolResult, "2026-07-28", result)).toBe(result);
});

test("the value itself is never changed", () => {
  const result = Object.freeze({ content: Object.freeze([audio]) as never, structuredContent: 5 });
  expect(project(CallToolResult, "2024-11-05", result)).not.toBe(result);
  expect(result).toEqual({ content: [audio], structuredContent: 5 });
});

test("properties younger than the revision are left out", () => {
  const named = { title: "T", icons: [{ src: "https://x/i.png" }], annotations: {}, _meta: {} };
  expect(toolIn("2024-11-05", named)).toEqual({ name: "t", inputSchema: { type: "object" } });
  expect(toolIn("2025-06-18", named)).not.toHaveProperty("icons");
  expect(toolIn("2025-11-25", named)).toMatchObject(named);
});

test("properties the revision has dropped are left out", () => {
  expect(toolIn("2025-11-25", { execution: { taskSupport: "optional" } })).toHaveProperty(
    "execution",
  );
  expect(toolIn("2026-07-28", { execution: { taskSupport: "optional" } })).not.toHaveProperty(
    "execution",
  );
  expect(project(ServerCapabilities, "2026-07-28", { tools: {}, tasks: {} })).toEqual({
    tools: {},
  });
});

test("audio becomes a text that says what was left out", () => {
  expect(contentIn("2024-11-05", text("a"), audio)).toEqual([
    text("a"),
    text("[audio/wav left out: this revision of the protocol has no place for it]"),
  ]);
  expect(contentIn("2025-03-26", audio)).toEqual([audio]);
});

test("a resource link becomes a text with its URI", () => {
  expect(contentIn("2025-03-26", link)).toEqual([text("notes: file:///notes.md")]);
  expect(contentIn("2025-06-18", link)).toEqual([link]);
});

test("content outside a list is fitted too", () => {
  const message = { role: "user", content: link } as const;
  expect(project(PromptMessage, "2024-11-05", message).content).toMatchObject({ type: "text" });
});

describe("structured output", () => {
  test("that is not an object is left out where revisions want objects", () => {
    const result = { content: [], structuredContent: [1, 2] };
    expect(project(CallToolResult, "2025-11-25", result)).toEqual({ content: [] });
    expect(project(CallToolResult, "2026-07-28", result)).toBe(result);
  });

  test("passes untouched, whatever its keys are called", () => {
    const structuredContent = JSON.parse('{"title":1,"icons":2,"ttlMs":3,"__proto__":{"x":1}}');
    const result = { content: [audio], structuredContent };
    const projected = project(CallToolResult, "2025-06-18", { ...result, resultType: "complete" });
    expect(projected.structuredContent).toBe(structuredContent);
  });

  test("schemas that are not of objects are left out where revisions want objects", () => {
    expect(toolIn("2025-11-25", { outputSchema: { type: "array" } })).not.toHaveProperty(
      "outputSchema",
    );
    expect(toolIn("2025-11-25", { outputSchema: { anyOf: [{}] } })).not.toHaveProperty(
      "outputSchema",
    );
    const outputSchema = {
      type: "object",
      $schema: "https://json-schema.org/draft/2020-12/schema",
    };
    expect(toolIn("2025-06-18", { outputSchema })?.outputSchema).toBe(outputSchema);
    expect(toolIn("2026-07-28", { outputSchema: { anyOf: [{}] } })).toHaveProperty("outputSchema");
  });
});

test.each(["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"] as const)(
  "an input schema that is a union reaches clients of %s word for word",
  (revision) => {
    const inputSchema = {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      type: "object" as const,
      anyOf: [{ properties: { a: true }, required: ["a"] }, { $ref: "#/$defs/B" }],
      $defs: { B: { required: ["title"] } },
    };
    expect(toolIn(revision, { inputSchema, title: "T" })?.inputSchema).toBe(inputSchema);
  },
);

describe("messages for a model", () => {
  const ask = (content: unknown) =>
    ({ maxTokens: 9, messages: [{ role: "user", content }] }) as never;
  const contentFor = (revision: Revision, content: unknown) =>
    (
      project(CreateMessageRequestParams, revision, ask(content)) as {
        messages: { content: unknown }[];
      }
    ).messages[0]?.content;

  test("with one block in a list become the block, fitted like any other", () => {
    expect(contentFor("2024-11-05", [audio])).toMatchObject({ type: "text" });
    expect(contentFor("2025-06-18", [audio])).toEqual(audio);
    expect(contentFor("2025-11-25", [audio])).toEqual([audio]);
  });

  test("with several blocks become one text", () => {
    const use = { type: "tool_use", id: "1", name: "add", input: { a: 1 } };
    const result = { type: "tool_result", toolUseId: "1", content: [text("2")] };
    expect(contentFor("2025-06-18", [text("sum"), use, result])).toEqual(
      text('sum\nCalls add with {"a":1}.\n2'),
    );
  });
});

test("a titled choice in a form is put the way 2025-06-18 has it", () => {
  const oneOf = [
    { const: "r", title: "Red" },
    { const: "g", title: "Green" },
  ];
  const form = (colour: object) =>
    ({
      mode: "form",
      message: "Which?",
      requestedSchema: { type: "object", properties: { colour } },
    }) as never;
  const asked = form({ type: "string", title: "Colour", oneOf, default: "r" });
  expect(project(ElicitRequestParams, "2025-06-18", asked)).toEqual({
    message: "Which?",
    requestedSchema: {
      type: "object",
      properties: {
        colour: { type: "string", title: "Colour", enum: ["r", "g"], enumNames: ["Red", "Green"] },
      },
    },
  });
  expect(project(ElicitRequestParams, "2025-11-25", asked)).toBe(asked);
});

test("properties nobody knows and values of the wrong type pass untouched", () => {
  const odd = { content: "none", own: { title: 1 } } as never;
  expect(project(CallToolResult, "2024-11-05", odd)).toBe(odd);
  expect(project(CallToolResult, "2024-11-05", null as never)).toBeNull();
  expect(project(CallToolResult, "2024-11-05", { content: [7, null] } as never)).toEqual({
    content: [7, null],
  });
});

test("schemas from outside the vocabulary have nothing to take out", () => {
  const value = { title: "t", list: [{ icons: [] }] };
  const own = s.object({ title: s.string(), list: s.array(s.unknown()) });
  const raw = jsonSchema({ $defs: { Tool: {} }, properties: { title: { $ref: "#/$defs/Tool" } } });
  expect(project(own, "2024-11-05", value as never)).toBe(value);
  expect(project(raw, "2024-11-05", value)).toBe(value);
});
