import { describe, expect, test } from "vitest";
import { InvalidResponse, RequestLost } from "../../src/index.ts";
import { complete, discovery, listed, modern, unkept } from "./scripts.ts";

const text = (value: string) => complete({ content: [{ type: "text", text: value }] });

describe("a request to a modern server", () => {
  test("says in its headers what it says in its body", async () => {
    await using server = await modern({
      "tools/list": (request) => request.result(unkept({ tools: [] })),
      "tools/call": (request) => request.result(text("done")),
      "resources/read": (request) => request.result(unkept({ contents: [] })),
    });
    const client = await server.connect();
    await client.listTools();
    await client.callTool("grüßen");
    await client.readResource("file:///a b.txt");
    expect(server.seen.map(({ method }) => method)).toEqual(["POST", "POST", "POST", "POST"]);
    const headers = (method: string) => server.got(method)[0]?.headers;
    expect(headers("tools/list")).toMatchObject({
      accept: "application/json, text/event-stream",
      "content-type": "application/json",
      "mcp-protocol-version": "2026-07-28",
      "mcp-method": "tools/list",
    });
    expect(headers("tools/list")).not.toHaveProperty("mcp-name");
    expect(headers("tools/call")?.["mcp-name"]).toBe("=?base64?Z3LDvMOfZW4=?=");
    expect(headers("resources/read")?.["mcp-name"]).toBe("file:///a b.txt");
    for (const { headers } of server.seen) expect(headers).not.toHaveProperty("mcp-session-id");
  });

  test("may be answered with a stream, with what belongs to it before the answer", async () => {
    await using server = await modern({
      "tools/call": (request) => {
        const stream = request.stream();
        stream.raw(": keep-alive\r\n\r\nevent: other\ndata: {}\n\n");
        const { progressToken } = request.meta;
        stream.notify("notifications/progress", { progressToken, progress: 1 });
        stream.message(request.response(text("streamed"))).end();
      },
    });
    const client = await server.connect();
    const progress: number[] = [];
    const result = await client.callTool(
      "a",
      {},
      { onProgress: (each) => progress.push(each.progress) },
    );
    expect(result.content).toEqual([{ type: "text", text: "streamed" }]);
    expect(progress).toEqual([1]);
  });

  test("needs no probe where the era is known", async () => {
    await using server = await modern({ "tools/call": (request) => request.result(text("ok")) });
    const client = await server.connect({ era: "modern" });
    await client.callTool("a");
    expect(server.order).toEqual(["tools/call"]);
  });

  test("is repeated in a revision that the refusal names", async () => {
    let refused = 0;
    await using server = await modern({
      "tools/call": (request) =>
        refused++ === 0
          ? request.error(400, -32022, { supported: ["2026-07-28"], requested: "2026-07-28" })
          : request.result(text("ok")),
    });
    const client = await server.connect({ era: "modern" });
    await client.callTool("a");
    expect(server.order).toEqual(["tools/call", "tools/call"]);
    expect(server.seen[0]?.message.id).not.toBe(server.seen[1]?.message.id);
  });

  test("is refused with the server's error", async () => {
    await using server = await modern();
    const client = await server.connect();
    await expect(client.callTool("a")).rejects.toMatchObject({ code: -32601, message: "No." });
  });

  test("is refused by an error without an id, which can only be its own", async () => {
    await using server = await modern({
      "tools/call": (request) =>
        request.answer(400, { jsonrpc: "2.0", error: { code: -32020, message: "Mismatch." } }),
      "tools/list": (request) => request.result(unkept({ tools: [] })),
    });
    const client = await server.connect();
    await expect(client.callTool("a")).rejects.toMatchObject({ code: -32020 });
  });

  test.each([
    ["nothing", 202, undefined, "nothing"],
    ["a web page", 200, { "Content-Type": "text/html" }, 'content of type "text/html"'],
  ])("fails when the answer is %s", async (_what, status, headers, reason) => {
    await using server = await modern({
      "tools/call": (request) => request.answer(status, undefined, headers),
    });
    const client = await server.connect();
    const calling = client.callTool("a");
    await expect(calling).rejects.toThrow(InvalidResponse);
    await expect(calling).rejects.toThrow(reason);
  });

  test("fails when the answer is another's", async () => {
    await using server = await modern({
      "tools/call": (request) => request.answer(200, { jsonrpc: "2.0", id: 77, result: {} }),
    });
    const client = await server.connect();
    await expect(client.callTool("a")).rejects.toThrow(InvalidResponse);
  });

  test("fails when the answer is not UTF-8, wherever it ends", async () => {
    await using server = await modern({
      "tools/call": (request) => request.answer(200, Buffer.from([0x22, 0xe2, 0x82])),
    });
    const client = await server.connect();
    await expect(client.callTool("a")).rejects.toThrow("not UTF-8");
  });

  test("fails when the answer is not JSON", async () => {
    await using server = await modern({ "tools/call": (request) => request.answer(200, "{") });
    const client = await server.connect();
    await expect(client.callTool("a")).rejects.toThrow("not valid JSON");
  });
});

describe("giving up a request", () => {
  test("closes its stream and says nothing else", async () => {
    await using server = await modern({ "tools/call": (request) => request.stream() });
    const client = await server.connect();
    const control = new AbortController();
    const calling = client.callTool("a", {}, { signal: control.signal });
    const request = await server.until(() => server.got("tools/call")[0]);
    control.abort(new Error("enough"));
    await expect(calling).rejects.toThrow("enough");
    await request.hungUp;
    await client.ping();
    expect(server.order).toEqual(["server/discover", "tools/call", "server/discover"]);
  });

  test("also happens when its time is up", async () => {
    await using server = await modern({ "tools/call": (request) => request.stream() });
    const client = await server.connect();
    await expect(client.callTool("a", {}, { timeoutMs: 20 })).rejects.toThrow("timeoutMs");
    await server.got("tools/call")[0]?.hungUp;
  });

  test("happens to all of them when the client is closed", async () => {
    await using server = await modern({ "tools/call": (request) => request.stream() });
    const client = await server.connect();
    const calling = client.callTool("a");
    const request = await server.until(() => server.got("tools/call")[0]);
    await Promise.all([expect(calling).rejects.toThrow("this client closed it"), client.close()]);
    await request.hungUp;
  });
});

describe("a stream that breaks before the answer", () => {
  const tools = [
    listed("write"),
    listed("look", {}, { annotations: { readOnlyHint: true } }),
    listed("set", {}, { annotations: { idempotentHint: true } }),
  ];

  async function breakingOnce() {
    const broken = new Set<unknown>();
    return modern({
      "tools/list": (request) => request.result(unkept({ tools })),
      "tools/call": (request) => {
        const { name } = request.message.params as { name: string };
        if (broken.has(name)) return request.result(text("done"));
        broken.add(name);
        request.stream({}).raw(": here\n\n").break();
      },
      "resources/read": (request) => {
        if (broken.has("read")) return request.result(unkept({ contents: [] }));
        broken.add("read");
        request.stream().end();
      },
    });
  }

  test("costs a call of a tool that may have acted", async () => {
    await using server = await breakingOnce();
    const client = await server.connect();
    await client.listTools();
    await expect(client.callTool("write")).rejects.toThrow(RequestLost);
    expect(server.got("tools/call")).toHaveLength(1);
  });

  test.each(["look", "set"])("only repeats a call of the tool %s, under a new id", async (name) => {
    await using server = await breakingOnce();
    const client = await server.connect();
    await client.listTools();
    await client.callTool(name);
    const [first, second] = server.got("tools/call");
    expect(second?.message.id).not.toBe(first?.message.id);
  });

  test("only repeats what reads", async () => {
    await using server = await breakingOnce();
    const client = await server.connect();
    await client.readResource("a:b");
    expect(server.got("resources/read")).toHaveLength(2);
  });

  test("may be a body that is not whole", async () => {
    await using server = await modern({
      "tools/call": (request) => request.half('{"jsonrpc":"2.0",'),
    });
    const client = await server.connect();
    const calling = client.callTool("a");
    await expect(calling).rejects.toThrow(RequestLost);
  });

  test("is never asked for again by its events", async () => {
    await using server = await modern({
      "tools/call": (request) => request.stream().raw("id: 1\nretry: 0\ndata:\n\n").end(),
    });
    const client = await server.connect();
    await expect(client.callTool("a")).rejects.toThrow(RequestLost);
    expect(server.got("", "GET")).toEqual([]);
  });
});

describe("a subscription", () => {
  test("opens its stream again when it breaks, and reports everything changed", async () => {
    let opened = 0;
    await using server = await modern({
      "server/discover": (request) => request.result(discovery),
      "subscriptions/listen": (request) => {
        const stream = request.stream();
        const _meta = { "io.modelcontextprotocol/subscriptionId": request.message.id };
        const notifications = request.message.params?.notifications;
        stream.notify("notifications/subscriptions/acknowledged", { notifications, _meta });
        if (++opened === 1) stream.end();
      },
    });
    const client = await server.connect();
    const subscription = await client.subscribe({ tools: true });
    expect(await subscription.next()).toEqual({
      done: false,
      value: { kind: "list", list: "tools" },
    });
    const [first, second] = server.got("subscriptions/listen");
    expect(second?.message.id).not.toBe(first?.message.id);
    subscription.close();
    await second?.hungUp;
  });

  test("ends when the server ends it", async () => {
    await using server = await modern({
      "subscriptions/listen": (request) => {
        const _meta = { "io.modelcontextprotocol/subscriptionId": request.message.id };
        request
          .stream()
          .notify("notifications/subscriptions/acknowledged", { notifications: {}, _meta })
          .message(request.response(complete({ _meta })))
          .end();
      },
    });
    const client = await server.connect();
    const subscription = await client.subscribe({ tools: true });
    expect(await subscription.next()).toEqual({ done: true, value: undefined });
    expect(server.got("subscriptions/listen")).toHaveLength(1);
  });
});
