import { expect, test } from "vitest";
import type { Visit } from "./everything.ts";

/** What the server says about itself, in the words each revision has. */
export function testDescriptions(visit: Visit): void {
  const { revision } = visit;
  const has = {
    toolAnnotations: revision >= "2025-03-26",
    titles: revision >= "2025-06-18",
    icons: revision >= "2025-11-25",
  };

  test("the revision is the one asked for", () => {
    expect(visit.peer.revision).toBe(revision);
  });

  test("the server introduces itself", () => {
    const { info, instructions } = visit.peer.server;
    expect(info).toMatchObject({ name: "everything", version: "1.0.0" });
    expect(info?.title).toBe(has.titles ? "Everything" : undefined);
    expect(info?.icons).toEqual(
      has.icons ? [expect.objectContaining({ sizes: ["1x1"] })] : undefined,
    );
    expect(info?.websiteUrl).toBe(has.icons ? "https://example.com/everything" : undefined);
    expect(instructions).toBe("Try each tool once.");
  });

  test("the server declares what it can do", () => {
    const { capabilities } = visit.peer.server;
    expect(capabilities).toMatchObject({
      tools: { listChanged: true },
      resources: { subscribe: true, listChanged: true },
      prompts: { listChanged: true },
      logging: {},
    });
    expect(capabilities?.completions).toEqual(revision >= "2025-03-26" ? {} : undefined);
    expect(capabilities?.extensions).toEqual(
      revision >= "2026-07-28" ? { "com.example/echo": { words: 1 } } : undefined,
    );
  });

  test("a tool is described", async () => {
    const tools = await visit.peer.listTools();
    const { annotations, title, outputSchema, icons, ...add } =
      tools.find(({ name }) => name === "add") ?? {};
    expect(add).toMatchObject({
      name: "add",
      description: "Add two numbers.",
      inputSchema: {
        type: "object",
        properties: { a: { type: "number" }, b: { type: "number" } },
        required: ["a", "b"],
      },
    });
    expect(annotations).toEqual(
      has.toolAnnotations ? { readOnlyHint: true, openWorldHint: false } : undefined,
    );
    expect(title).toBe(has.titles ? "Add" : undefined);
    expect(outputSchema?.required).toEqual(has.titles ? ["sum"] : undefined);
    expect(icons?.[0]?.mimeType).toBe(has.icons ? "image/png" : undefined);
  });

  test("the list of tools is the same every time, with every tool once", async () => {
    const names = (await visit.peer.listTools()).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect((await visit.peer.listTools()).map(({ name }) => name)).toEqual(names);
  });
}
