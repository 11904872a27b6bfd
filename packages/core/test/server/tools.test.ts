import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/index.ts";
import { toolNames } from "./everything-tools.ts";
import { share, ways, wireTo } from "./open.ts";
import { type Carrier, meta, RawClient } from "./raw-client.ts";

describe.each(ways)("tools on $revision over $carrier", (way) => {
  const shared = share(way);
  const { revision } = way;
  const since = (wanted: string) => revision >= wanted;

  test("are listed in the order they were given, with what the revision knows of them", async () => {
    const { client } = shared;
    const tools = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(toolNames);
    const echo = tools.find(({ name }) => name === "echo");
    expect(echo).toEqual({
      name: "echo",
      description: "Says what it is told.",
      inputSchema: {
        type: "object",
        properties: { text: { type: "string" } },
        required: ["text"],
      },
      ...(since("2025-03-26") && { annotations: { readOnlyHint: true } }),
      ...(since("2025-06-18") && { title: "Echo", _meta: { "example.org/kind": "toy" } }),
      ...(since("2025-11-25") && { icons: [expect.objectContaining({ mimeType: "image/png" })] }),
    });
  });

  test("keep a union in their input whole", async () => {
    const { client } = shared;
    const either = (await client.listTools()).find(({ name }) => name === "either");
    expect(either?.inputSchema).toMatchObject({ anyOf: [{}, {}] });
    const { content } = await client.callTool("either", { url: "here" });
    expect(content).toEqual([{ type: "text", text: "here" }]);
  });

  test("publish an output schema where the revision can say it", async () => {
    const { client } = shared;
    const tools = await client.listTools();
    const outputOf = (name: string) => tools.find((one) => one.name === name)?.outputSchema;
    expect(outputOf("add") !== undefined).toBe(since("2025-06-18"));
    expect(outputOf("list") !== undefined).toBe(since("2026-07-28"));
  });

  test("answer data as structure and as text", async () => {
    const { client } = shared;
    const result = await client.callTool("add", { a: 1, b: 2 });
    expect(result.content).toEqual([{ type: "text", text: '{"sum":3}' }]);
    expect(result.structuredContent).toEqual(since("2025-06-18") ? { sum: 3 } : undefined);
    expect(result.isError).toBeUndefined();
    const counted = await client.callTool("list");
    expect(counted.content).toEqual([{ type: "text", text: "[1,2,3]" }]);
    expect(counted.structuredContent).toEqual(since("2026-07-28") ? [1, 2, 3] : undefined);
  });

  test("may spell their answer out", async () => {
    const { client } = shared;
    const result = await client.callTool("spelled");
    expect(result.content).toEqual([{ type: "text", text: "three" }]);
    expect(result._meta).toMatchObject({ "example.org/took": 1 });
  });

  test("answer in every kind of content, or in what the revision has for it", async () => {
    const { client } = shared;
    const { content } = await client.callTool("media");
    expect(content.map(({ type }) => type)).toEqual([
      "text",
      "image",
      since("2025-03-26") ? "audio" : expect.any(String),
      since("2025-06-18") ? "resource_link" : expect.any(String),
      "resource",
    ]);
    expect(content[1]).toEqual({ type: "image", data: "AQID", mimeType: "image/png" });
    expect(JSON.stringify(content).includes("lastModified")).toBe(since("2025-06-18"));
  });

  test("tell the model what went wrong", async () => {
    const { client } = shared;
    expect(await client.callTool("fail")).toMatchObject({
      content: [{ type: "text", text: "Try add instead." }],
      isError: true,
    });
  });

  test("mask a bug, also that of an answer their schema forbids", async () => {
    const { client } = shared;
    for (const name of ["bug", "wrong"]) {
      const result = await client.callTool(name);
      expect(result.isError).toBe(true);
      expect(JSON.stringify(result)).toMatch(/failed unexpectedly \(reference [0-9a-f]{8}\)/);
      expect(JSON.stringify(result)).not.toMatch(/secret|somebody/);
    }
  });

  test("refuse wrong arguments, where the model reads it since 2025-11-25", async () => {
    const { client } = shared;
    const call = client.callTool("add", { a: "one" });
    if (since("2025-11-25")) {
      const { isError, content } = await call;
      expect(isError).toBe(true);
      expect(content).toMatchObject([
        { text: expect.stringMatching(/b is required; a must be a number/) },
      ]);
    } else {
      await expect(call).rejects.toMatchObject({ code: -32602 });
    }
  });

  test("that nobody offers are an error", async () => {
    const { client } = shared;
    await expect(client.callTool("nothing")).rejects.toMatchObject({
      code: -32602,
      message: "Unknown tool: nothing",
    });
  });

  test("call each other, and never in a circle without end", async () => {
    const { client } = shared;
    const { content } = await client.callTool("chain");
    expect(content).toEqual([{ type: "text", text: '{"sum":3} true' }]);
    await expect(client.callTool("circle")).rejects.toMatchObject({
      code: -32603,
      message: expect.stringContaining("more than 16 deep"),
    });
  });
});

describe.each(["memory", "stdio"] as const)("what is null over %s", (carrier: Carrier) => {
  test("is nothing given, for arguments and cursors; tools still say what they need", async () => {
    await using client = new RawClient(wireTo(carrier));
    const ask = (method: string, params: JsonObject) =>
      client.request(method, { ...params, _meta: meta() });
    const listed = await ask("tools/list", { cursor: null });
    expect(listed.result).toMatchObject({ tools: expect.any(Array) });
    const called = await ask("tools/call", { name: "logs", arguments: null });
    expect(called.result).toMatchObject({ content: [{ text: "logged" }] });
    const prompted = await ask("prompts/get", { name: "scene", arguments: null });
    expect(prompted.result).toMatchObject({ messages: expect.any(Array) });
    const refused = await ask("tools/call", { name: "echo", arguments: null });
    expect(refused.result).toMatchObject({ isError: true });
    expect((await ask("tools/call", { name: null })).error?.code).toBe(-32602);
  });
});
