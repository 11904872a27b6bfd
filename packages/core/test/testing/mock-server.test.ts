import { describe, expect, test } from "vitest";
import { connect, REVISIONS, RpcError } from "../../src/index.ts";
import { MockServer } from "../../src/testing/index.ts";

const clientInfo = { name: "host", version: "1.0.0" };

describe.each(REVISIONS)("a mock server of %s", (revision) => {
  test("is met, answers what it is told and remembers what it was asked", async () => {
    const server = new MockServer({
      revision,
      replies: {
        "tools/call": ({ name }) => ({
          resultType: "complete",
          content: [{ type: "text", text: `${name} was called` }],
        }),
        "prompts/get": () => {
          throw new RpcError(-32602, "No such prompt.");
        },
      },
    });
    await using client = await connect(server.transport, { clientInfo });
    expect(client.server).toMatchObject({ revision, info: { name: "mock" } });
    const { content } = await client.callTool("anything");
    expect(content).toEqual([{ type: "text", text: "anything was called" }]);
    await expect(client.getPrompt("none")).rejects.toMatchObject({ message: "No such prompt." });
    await expect(client.readResource("a://b")).rejects.toMatchObject({ code: -32601 });
    expect(await server.got("tools/call")).toMatchObject([{ name: "anything" }]);
  });
});

describe("a mock server", () => {
  test("asks its client, notifies it and goes away", async () => {
    const server = new MockServer({ revision: "2025-11-25", capabilities: { logging: {} } });
    const logged: unknown[] = [];
    await using client = await connect(server.transport, {
      clientInfo,
      roots: [{ uri: "file:///here" }],
      onLog: ({ data }) => logged.push(data),
    });
    expect(await server.ask("roots/list")).toMatchObject({
      result: { roots: [{ uri: "file:///here" }] },
    });
    server.notify("notifications/message", { level: "info", data: "hello" });
    expect(await server.ask("ping")).toMatchObject({ result: {} });
    expect(logged).toEqual(["hello"]);
    await server.close();
    expect(await client.closed).toBeInstanceOf(Error);
    await expect(server.got("never")).rejects.toThrow("went away");
  });

  test("leaves its client waiting where it answers nothing", async () => {
    const server = new MockServer({ replies: { "tools/list": () => undefined } });
    await using client = await connect(server.transport, { clientInfo });
    const stop = new AbortController();
    const listing = client.listTools({ signal: stop.signal });
    await server.got("tools/list");
    stop.abort(new Error("waited enough"));
    await expect(listing).rejects.toThrow("waited enough");
    expect(await server.got("notifications/cancelled")).toHaveLength(1);
  });
});
