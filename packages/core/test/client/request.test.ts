import { afterEach, describe, expect, expectTypeOf, test, vi } from "vitest";
import { type Client, connect, InvalidResponse } from "../../src/client/index.ts";
import type { CallToolResult, ReadResourceResult } from "../../src/protocol/index.ts";
import type { JsonObject } from "../../src/schema/json-schema.ts";
import { host, legacy, modern, RpcError, type Script, ScriptedServer } from "./scripted-server.ts";

afterEach(() => {
  vi.useRealTimers();
});

const none = () => undefined;
const eras = { legacy, modern } as const;
type Options = Partial<Parameters<typeof connect>[1]>;

async function meet(era: keyof typeof eras, script: Script, options: Options = {}) {
  const server = new ScriptedServer(eras[era](script));
  const chosen = era === "legacy" ? ({ era } as const) : {};
  const client = await connect(server.transport, { ...host, ...chosen, ...options });
  return { server, client };
}

describe.each(["legacy", "modern"] as const)("a request to a %s server", (era) => {
  test("has the sugar of every method", async () => {
    const { server, client } = await meet(era, {
      "tools/call": () => ({ content: [{ type: "text", text: "hi" }] }),
      "resources/read": () => ({ contents: [{ uri: "a://b", text: "x" }] }),
      "prompts/get": () => ({ messages: [] }),
      "completion/complete": () => ({ completion: { values: ["a"] } }),
    });
    expect(await client.callTool("t", { a: 1 })).toHaveProperty("content.0.text", "hi");
    expect(await client.readResource("a://b")).toHaveProperty("contents.0.text", "x");
    expect(await client.getPrompt("p", { q: "r" })).toHaveProperty("messages", []);
    const ref = { type: "ref/prompt", name: "p" } as const;
    const argument = { name: "q", value: "" };
    expect(await client.complete({ ref, argument })).toHaveProperty("completion.values", ["a"]);
    await client.ping();
    expect(server.got("tools/call")[0]).toMatchObject({ name: "t", arguments: { a: 1 } });
    expect(server.got("prompts/get")[0]).toMatchObject({ name: "p", arguments: { q: "r" } });
    await client.close();
  });

  test("that the server refuses rejects with its code, message and data", async () => {
    const { client } = await meet(era, {
      "tools/call"() {
        throw new RpcError(-32602, "no such tool", { known: ["a"] });
      },
    });
    await expect(client.callTool("t")).rejects.toEqual(
      new RpcError(-32602, "no such tool", { known: ["a"] }),
    );
    await client.close();
  });

  test("of a method that is not the protocol's own passes through", async () => {
    const { client } = await meet(era, { "acme/do": ({ x }) => ({ doubled: Number(x) * 2 }) });
    expect(await client.request("acme/do", { x: 2 })).toEqual({ doubled: 4 });
    await client.close();
  });

  test("that the revision does not have is not sent", async () => {
    const { server, client } = await meet(era, {});
    const absent = era === "legacy" ? "subscriptions/listen" : "resources/subscribe";
    await expect(client.request(absent as string, {})).rejects.toMatchObject({ code: -32601 });
    await expect(client.request("roots/list" as string, {})).rejects.toMatchObject({
      code: -32601,
    });
    expect(server.got(absent)).toEqual([]);
    await client.close();
  });

  test("whose answer has the wrong shape rejects and says where", async () => {
    const { client } = await meet(era, { "tools/call": () => ({ content: [{ type: "text" }] }) });
    const failed = client.callTool("t");
    await expect(failed).rejects.toThrow(InvalidResponse);
    await expect(failed).rejects.toThrow(/tools\/call breaks MCP 20.*result\.content/);
    await client.close();
  });

  test("whose answer is no answer rejects at once", async () => {
    const { client } = await meet(era, {
      "tools/call": (_params, self, id) => self.send({ jsonrpc: "2.0", id, result: 7 }),
    });
    await expect(client.callTool("t")).rejects.toThrow("neither a valid result nor");
    await client.close();
  });

  test("carries a progress token only when somebody listens, and reports what goes forward", async () => {
    const { server, client } = await meet(era, {
      "tools/call"({ _meta }, self) {
        const progressToken = (_meta as JsonObject | undefined)?.progressToken;
        if (progressToken === undefined) return { content: [] };
        for (const progress of [1, 1, 0, 2]) {
          self.notify("notifications/progress", {
            progressToken,
            progress,
            total: 2,
            message: "m",
          });
        }
        return { content: [] };
      },
    });
    const seen: unknown[] = [];
    await client.callTool("t", {}, { onProgress: (report) => void seen.push(report) });
    await client.callTool("t");
    expect(seen).toEqual([
      { progress: 1, total: 2, message: "m" },
      { progress: 2, total: 2, message: "m" },
    ]);
    expect(JSON.stringify(server.got("tools/call")[1])).not.toContain("progressToken");
    await client.close();
  });

  test("times out, is cancelled on the server, and its late answer is ignored", async () => {
    vi.useFakeTimers();
    const { server, client } = await meet(era, { "tools/call": none }, { timeoutMs: 50 });
    const failed = expect(client.callTool("t")).rejects.toThrow("raise timeoutMs (now 50 ms)");
    await vi.advanceTimersByTimeAsync(50);
    await failed;
    const { id } = server.seen.find(({ method }) => method === "tools/call") ?? {};
    expect(await server.received("notifications/cancelled")).toEqual([
      { requestId: id!, reason: "timeout" },
    ]);
    server.send({ jsonrpc: "2.0", id, result: { content: [] } });
    await client.ping();
    await client.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  test("lives on while progress flows, up to the absolute maximum", async () => {
    vi.useFakeTimers();
    const { server, client } = await meet(
      era,
      { "tools/call": none },
      { timeoutMs: 50, maxTotalTimeoutMs: 120 },
    );
    const failed = expect(client.callTool("t")).rejects.toThrow("maxTotalTimeoutMs (now 120 ms)");
    await vi.advanceTimersByTimeAsync(0);
    const meta = server.got("tools/call")[0]?._meta as JsonObject;
    for (const progress of [1, 2]) {
      await vi.advanceTimersByTimeAsync(45);
      server.notify("notifications/progress", { progressToken: meta.progressToken ?? 0, progress });
    }
    await vi.advanceTimersByTimeAsync(29);
    expect(server.got("notifications/cancelled")).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    await failed;
    await client.close();
  });

  test("is cancelled by its signal", async () => {
    const { server, client } = await meet(era, { "tools/call": none });
    const control = new AbortController();
    const call = client.callTool("t", {}, { signal: control.signal });
    await server.received("tools/call");
    control.abort(new Error("not needed"));
    await expect(call).rejects.toThrow("not needed");
    expect(await server.received("notifications/cancelled")).toMatchObject([
      { reason: "not needed" },
    ]);
    await client.close();
  });

  test("fails clearly when the connection ends, and so does every one after", async () => {
    const { server, client } = await meet(era, { "tools/call": none });
    const call = client.callTool("t");
    await server.received("tools/call");
    await server.crash();
    await expect(call).rejects.toThrow("The connection to the server is over.");
    await expect(client.callTool("t")).rejects.toThrow("The connection to the server is over.");
    expect(await client.closed).toBeInstanceOf(Error);
  });

  test("after close says that the client is closed", async () => {
    const { client } = await meet(era, {});
    await Promise.all([client.close(), client.close()]);
    await expect(client.listTools()).rejects.toThrow("This client is closed.");
    expect(await client.closed).toBeUndefined();
  });

  test("for logs sets the level where the revision has it", async () => {
    const onLog = vi.fn();
    const { server, client } = await meet(
      era,
      {
        "logging/setLevel": () => ({}),
        "tools/call"(_params, self) {
          self.notify("notifications/message", { level: "info", data: "working" });
          self.notify("notifications/message", { level: "loud", data: "wrong level" });
          return { content: [] };
        },
      },
      { onLog },
    );
    await client.setLogLevel("info");
    await client.callTool("t");
    expect(onLog.mock.calls).toEqual([[{ level: "info", data: "working" }]]);
    const asked = server.got("logging/setLevel").map(({ level }) => level);
    const meta = server.got("tools/call")[0]?._meta as JsonObject | undefined;
    expect([asked, meta?.["io.modelcontextprotocol/logLevel"]]).toEqual(
      era === "legacy" ? [["info"], undefined] : [[], "info"],
    );
    await client.close();
  });

  test("tells of changed roots where that can be told", async () => {
    const { server, client } = await meet(era, {}, { roots: [] });
    await client.notifyRootsChanged();
    await client.ping();
    expect(server.got("notifications/roots/list_changed")).toHaveLength(era === "legacy" ? 1 : 0);
    await client.close();
  });
});

test("calls are typed by their method", () => {
  type Request = Client["request"];
  const call = (request: Request) => request("tools/call", { name: "t", arguments: { a: 1 } });
  expectTypeOf(call).returns.resolves.toEqualTypeOf<CallToolResult>();
  const read = (request: Request) => request("resources/read", { uri: "a://b" });
  expectTypeOf(read).returns.resolves.toEqualTypeOf<ReadResourceResult>();
  // @ts-expect-error: a tool is called by its name
  const nameless = (request: Request) => request<"tools/call">("tools/call", {});
  expect([call, read, nameless]).toHaveLength(3);
});

test("a request that needs what the server did not declare is not sent", async () => {
  const server = new ScriptedServer({
    ...legacy(),
    initialize: () => ({
      protocolVersion: "2025-11-25",
      capabilities: { tools: {} },
      serverInfo: { name: "s", version: "1" },
    }),
  });
  const client = await connect(server.transport, { ...host, era: "legacy" });
  await expect(client.listPrompts()).rejects.toThrow('The server did not declare "prompts"');
  expect(server.got("prompts/list")).toEqual([]);
  await client.close();
});

test("params leave out what the revision does not have", async () => {
  const server = new ScriptedServer(
    legacy({ "completion/complete": () => ({ completion: { values: [] } }) }, "2024-11-05"),
  );
  const client = await connect(server.transport, { ...host, era: "legacy" });
  const ref = { type: "ref/prompt", name: "p" } as const;
  await client.complete({
    ref,
    argument: { name: "q", value: "" },
    context: { arguments: { a: "b" } },
  });
  expect(server.got("completion/complete")).toEqual([{ ref, argument: { name: "q", value: "" } }]);
  await client.close();
});

describe("structured output", () => {
  const tool = (outputSchema: JsonObject) => ({
    name: "t",
    inputSchema: { type: "object" },
    outputSchema,
  });
  const schema = { type: "object", properties: { n: { type: "integer" } }, required: ["n"] };

  async function called(result: JsonObject, outputSchema: JsonObject = schema, list = true) {
    const { client } = await meet("modern", {
      "tools/list": () => ({ tools: [tool(outputSchema)] }),
      "tools/call": () => ({ content: [], ...result }),
    });
    if (list) await client.listTools();
    return client.callTool("t").finally(() => client.close());
  }

  test("that fits the schema the tool was listed with is given", async () => {
    expect(await called({ structuredContent: { n: 1 } })).toMatchObject({
      structuredContent: { n: 1 },
    });
  });

  test("that does not fit is an error that says where", async () => {
    await expect(called({ structuredContent: { n: "1" } })).rejects.toThrow(
      /tool "t" breaks its schema: output\.n must be/,
    );
  });

  test("that is missing is an error, unless the tool failed", async () => {
    await expect(called({})).rejects.toThrow('tool "t" is missing');
    expect(await called({ isError: true })).toMatchObject({ isError: true });
  });

  test("of a tool that was never listed is not checked", async () => {
    expect(await called({ structuredContent: { n: "1" } }, schema, false)).toBeDefined();
  });

  test("may be any JSON value in the newest revision", async () => {
    const list = { type: "array", items: { type: "integer" } };
    expect(await called({ structuredContent: [1] }, list)).toBeDefined();
    await expect(called({ structuredContent: ["x"] }, list)).rejects.toThrow("output[0]");
  });

  test.each([
    ["that refers to the network", { $ref: "https://example.com/schema.json" }],
    ["of a dialect nobody knows", { $schema: "https://example.com/dialect", type: "object" }],
  ])("with a schema %s is an error, and nothing is fetched", async (_name, outputSchema) => {
    const fetching = vi.spyOn(globalThis, "fetch");
    await expect(called({ structuredContent: {} }, outputSchema)).rejects.toThrow(
      "cannot be checked",
    );
    expect(fetching).not.toHaveBeenCalled();
    fetching.mockRestore();
  });
});
