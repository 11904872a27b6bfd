import type { CallToolResult } from "@portico/core";
import { expect, test } from "vitest";
import type { Visit } from "./everything.ts";

/** The text blocks of an answer. */
export function textOf({ content }: CallToolResult): string {
  return content.map((block) => (block.type === "text" ? block.text : "")).join("");
}

/** What tools answer: every type of content, structured output, errors. */
export function testContent(visit: Visit): void {
  const { revision } = visit;

  test("every type of content arrives, or stands as text where the revision lacks it", async () => {
    const { content } = await visit.peer.callTool("show");
    expect(content.map(({ type }) => type)).toEqual([
      "text",
      "image",
      revision >= "2025-03-26" ? "audio" : "text",
      revision >= "2025-06-18" ? "resource_link" : "text",
      "resource",
      "resource",
    ]);
    expect(content[0]).toMatchObject({ annotations: { audience: ["user"], priority: 0.5 } });
    expect(content[1]).toMatchObject({
      mimeType: "image/png",
      data: expect.stringMatching(/^iVBOR/),
    });
    expect(JSON.stringify(content[3])).toContain("note://current");
    expect(content[4]).toMatchObject({ resource: { text: "embedded text" } });
    expect(content[5]).toMatchObject({ resource: { blob: expect.stringMatching(/^iVBOR/) } });
  });

  test("structured output passes the client's check and is there as text too", async () => {
    await visit.peer.listTools();
    const result = await visit.peer.callTool("add", { a: 19, b: 23 });
    expect(result.structuredContent).toEqual(revision >= "2025-06-18" ? { sum: 42 } : undefined);
    expect(JSON.parse(textOf(result))).toEqual({ sum: 42 });
  });

  test("an answer may have a text, data and metadata of its own", async () => {
    const result = await visit.peer.callTool("report");
    expect(textOf(result)).toBe("Three rows.");
    expect(result._meta).toMatchObject({ "com.example/took": 5 });
    expect(result.structuredContent).toEqual(
      revision >= "2025-06-18" ? { rows: [1, 2, 3] } : undefined,
    );
  });

  test("what a tool refuses is for the model to read", async () => {
    const result = await visit.peer.callTool("fail", { how: "refusal" });
    expect(result.isError).toBe(true);
    expect(textOf(result)).toBe("Not like this: try add instead.");
  });

  test("a bug in a tool gives nothing away", async () => {
    const result = await visit.peer.callTool("fail", { how: "bug" });
    expect(result.isError).toBe(true);
    expect(textOf(result)).not.toContain("secret");
  });

  test("wrong arguments are named", async () => {
    const call = visit.peer.callTool("add", { a: 1, b: "two" });
    if (revision < "2025-11-25") {
      await expect(call).rejects.toMatchObject({
        code: -32602,
        message: expect.stringContaining("b"),
      });
    } else {
      const result = await call;
      expect(result.isError).toBe(true);
      expect(textOf(result)).toMatch(/\bb\b.*number/);
    }
  });

  test("an unknown tool is an error of the protocol", async () => {
    await expect(visit.peer.callTool("no_such_tool")).rejects.toMatchObject({ code: -32602 });
  });

  test("a tool may call another", async () => {
    const result = await visit.peer.callTool("relay", { a: 1, b: 2 });
    expect(textOf(result)).toBe('add said {"sum":3}');
  });

  test("a method of the server's own can be called", async () => {
    expect(await visit.peer.request("portico/echo", { word: "hello" })).toMatchObject({
      word: "hello",
    });
  });
}
