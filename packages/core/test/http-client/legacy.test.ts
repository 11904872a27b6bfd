import { describe, expect, test } from "vitest";
import { InvalidResponse, RequestLost } from "../../src/index.ts";
import type { Stream } from "./mock-http.ts";
import { initialized, legacy } from "./scripts.ts";

const text = (value: string) => ({ content: [{ type: "text", text: value }] });
const era = "legacy" as const;

describe("a legacy session", () => {
  test("is named on everything after initialize, with its revision, and ended with DELETE", async () => {
    await using server = await legacy({
      "tools/call": (request) => request.result(text("ok")),
    });
    const client = await server.connect({ era });
    await client.callTool("a");
    await server.until(() => server.seen.find(({ method }) => method === "GET"));
    await client.close();
    expect(server.order.filter((each) => each !== "GET")).toEqual([
      "initialize",
      "notifications/initialized",
      "tools/call",
      "DELETE",
    ]);
    const [first, ...rest] = server.seen;
    expect(first?.headers).not.toHaveProperty("mcp-session-id");
    expect(first?.headers).not.toHaveProperty("mcp-protocol-version");
    for (const { headers } of rest) {
      expect(headers).toMatchObject({
        "mcp-session-id": "session-1",
        "mcp-protocol-version": "2025-11-25",
      });
    }
  });

  test("need not exist, and is then not ended", async () => {
    await using server = await legacy({
      initialize: (request) => request.result(initialized("2025-06-18")),
    });
    const client = await server.connect({ era });
    await client.ping();
    await client.close();
    expect(server.seen.some(({ method }) => method === "DELETE")).toBe(false);
    expect(server.got("ping")[0]?.headers).toMatchObject({ "mcp-protocol-version": "2025-06-18" });
    expect(server.got("ping")[0]?.headers).not.toHaveProperty("mcp-session-id");
  });

  test("may refuse to be ended", async () => {
    await using server = await legacy({ DELETE: (request) => request.answer(405) });
    const client = await server.connect({ era });
    await client.close();
    expect(server.got("", "DELETE")).toHaveLength(1);
  });

  test("has nothing sent to it before it knows that the client is ready", async () => {
    let accepted = false;
    await using server = await legacy({
      "notifications/initialized": (request) =>
        setImmediate(() => {
          accepted = true;
          request.answer(202);
        }),
      ping: (request) => request.result({ accepted }),
    });
    const client = await server.connect({ era });
    expect(await client.request("ping", {})).toEqual({ accepted: true });
  });

  test("cannot have an id that no header can carry", async () => {
    await using server = await legacy({
      initialize: (request) => request.result(initialized(), { "Mcp-Session-Id": "two words" }),
    });
    await expect(server.connect({ era })).rejects.toThrow(InvalidResponse);
  });

  test("that is lost is replaced, and what was refused is sent again, whatever it is", async () => {
    await using server = await legacy({
      "tools/call": (request) =>
        request.headers["mcp-session-id"] === "session-1"
          ? request.answer(404)
          : request.result(text("again")),
    });
    const reasons: string[] = [];
    const client = await server.connect({
      era,
      onRestart: ({ reason }) => reasons.push(reason.message),
    });
    expect(await client.callTool("write")).toMatchObject(text("again"));
    expect(server.got("initialize")).toHaveLength(2);
    expect(server.got("initialize")[1]?.headers).not.toHaveProperty("mcp-session-id");
    expect(reasons).toEqual([expect.stringContaining("no longer knows this session")]);
  });

  test("that is lost under several calls at once costs none of them", async () => {
    await using server = await legacy({
      "tools/call": (request) =>
        request.headers["mcp-session-id"] === "session-1"
          ? setImmediate(() => request.answer(404))
          : request.result(text("again")),
    });
    const client = await server.connect({ era });
    const calls = ["a", "b", "c", "d"].map((name) => client.callTool(name));
    for (const call of calls) expect(await call).toMatchObject(text("again"));
    expect(server.got("initialize")).toHaveLength(2);
    expect(server.got("tools/call")).toHaveLength(8);
  });

  test("that is found lost when a broken read is repeated is replaced as well", async () => {
    await using server = await legacy({
      "resources/read": (request) => {
        // A server that was restarted: the connection is gone, then the session.
        if (server.got("resources/read").length === 1) return request.half("{");
        if (request.headers["mcp-session-id"] === "session-1") return request.answer(404);
        return request.result({ contents: [{ uri: "a:b", text: "again" }] });
      },
    });
    const client = await server.connect({ era });
    const { contents } = await client.readResource("a:b");
    expect(contents).toMatchObject([{ text: "again" }]);
    expect(server.got("initialize")).toHaveLength(2);
  });

  test("that is lost again and again is given up", async () => {
    await using server = await legacy({ "tools/call": (request) => request.answer(404) });
    const client = await server.connect({ era });
    await expect(client.callTool("a")).rejects.toThrow("no longer knows this session");
    expect(server.got("tools/call")).toHaveLength(2);
  });

  test("waits for nothing the server says about a notification", async () => {
    await using server = await legacy({
      "notifications/initialized": (request) => request.stream(),
    });
    const client = await server.connect({ era });
    await client.ping();
    expect(server.got("ping")).toHaveLength(1);
  });

  test("is not lost when the server does not know a method", async () => {
    await using server = await legacy({ "tools/call": (request) => request.error(404, -32601) });
    const client = await server.connect({ era });
    await expect(client.callTool("a")).rejects.toMatchObject({ code: -32601 });
    expect(server.got("initialize")).toHaveLength(1);
  });

  test("speaks no batches but those of 2025-03-26", async () => {
    await using server = await legacy(
      {
        "tools/call": (request) =>
          request.answer(200, [
            { jsonrpc: "2.0", method: "notifications/message", params: { level: "info", data: 1 } },
            request.response(text("batched")),
          ]),
      },
      "2025-03-26",
    );
    const logged: unknown[] = [];
    const client = await server.connect({ era, onLog: ({ data }) => logged.push(data) });
    expect(await client.callTool("a")).toMatchObject(text("batched"));
    expect(logged).toEqual([1]);
  });
});

describe("giving up a legacy request", () => {
  test("tells the server, as a closed stream does not", async () => {
    await using server = await legacy({ "tools/call": (request) => request.stream() });
    const client = await server.connect({ era });
    const control = new AbortController();
    const calling = client.callTool("a", {}, { signal: control.signal });
    const request = await server.until(() => server.got("tools/call")[0]);
    control.abort(new Error("enough"));
    await expect(calling).rejects.toThrow("enough");
    const cancelled = await server.until(() => server.got("notifications/cancelled")[0]);
    expect(cancelled.message.params).toEqual({ requestId: request.message.id, reason: "enough" });
    await request.hungUp;
  });
});

describe("the standing stream", () => {
  test("brings requests, which are answered by POST", async () => {
    await using server = await legacy({
      GET: (request) => request.stream().message({ jsonrpc: "2.0", id: 5, method: "roots/list" }),
    });
    await server.connect({ era, roots: [{ uri: "file:///home" }] });
    const answer = await server.until(() => server.seen.find(({ message }) => message.result));
    expect(answer.message).toEqual({
      jsonrpc: "2.0",
      id: 5,
      result: { roots: [{ uri: "file:///home" }] },
    });
    expect(answer.headers["mcp-session-id"]).toBe("session-1");
  });

  test("goes on after its last event when it ends, once the server's time is over", async () => {
    let opened = 0;
    await using server = await legacy({
      GET: (request) => {
        const stream = request.stream();
        if (++opened > 1) return;
        stream.raw("retry: 5\n\n");
        stream.raw(
          'id: e-7\ndata: {"jsonrpc":"2.0","method":"notifications/tools/list_changed"}\n\n',
        );
        stream.end();
      },
    });
    const client = await server.connect({ era });
    await client.subscribe({ tools: true });
    const second = await server.until(() => server.got("", "GET")[1]);
    expect(second.headers["last-event-id"]).toBe("e-7");
    expect(server.got("", "GET")[0]?.headers).not.toHaveProperty("last-event-id");
  });

  test("starts anew where the server has forgotten the last event", async () => {
    let opened = 0;
    await using server = await legacy({
      GET: (request) => {
        if (++opened === 2) return request.answer(400);
        const stream = request.stream().raw("retry: 1\nid: 1\ndata:\n\n");
        if (opened === 1) stream.end();
      },
    });
    await server.connect({ era });
    const third = await server.until(() => server.got("", "GET")[2]);
    expect(third.headers).not.toHaveProperty("last-event-id");
  });

  test.each([404, 405])("is not asked for again where it is refused with %i", async (status) => {
    await using server = await legacy({ GET: (request) => request.answer(status) });
    const client = await server.connect({ era });
    await client.ping();
    await client.ping();
    await client.close();
    expect(server.got("", "GET")).toHaveLength(1);
    expect(server.got("initialize")).toHaveLength(1);
  });

  test("that comes back to a lost session leads to a new one", async () => {
    let opened = 0;
    await using server = await legacy({
      GET: (request) => {
        if (++opened === 1) return request.stream().raw("retry: 1\n\n").end();
        return opened === 2 ? request.answer(404) : request.answer(405);
      },
    });
    await server.connect({ era });
    await server.until(() => server.got("initialize").length === 2);
    expect(server.got("", "GET").length).toBeGreaterThan(1);
  });
});

describe("a legacy stream that breaks before the answer", () => {
  test("is resumed by GET after its last event, and no sooner than the server wants", async () => {
    let left = 0;
    let waited = 0;
    let stream: Stream | undefined;
    await using server = await legacy({
      "tools/call": (request) => {
        stream = request.stream().raw("retry: 60\nid: e-1\ndata:\n\n");
        left = performance.now();
        stream.end();
      },
      GET: (request) => {
        if (request.headers["last-event-id"] === undefined) return request.answer(405);
        waited = performance.now() - left;
        const { id } = server.got("tools/call")[0]!.message;
        request
          .stream()
          .message({ jsonrpc: "2.0", id, result: text("late") }, "e-2")
          .end();
      },
    });
    const client = await server.connect({ era });
    expect(await client.callTool("slow")).toMatchObject(text("late"));
    const [resumed] = server.got("", "GET").filter(({ headers }) => headers["last-event-id"]);
    expect(resumed?.headers).toMatchObject({
      "last-event-id": "e-1",
      "mcp-session-id": "session-1",
      accept: "text/event-stream",
    });
    // A lower bound: a busy machine only makes it longer.
    expect(waited).toBeGreaterThan(55);
  });

  test("may break again and again", async () => {
    let pieces = 0;
    await using server = await legacy({
      "tools/call": (request) => request.stream().raw("retry: 1\nid: 0\ndata:\n\n").break(),
      GET: (request) => {
        if (request.headers["last-event-id"] === undefined) return request.answer(405);
        if (++pieces < 7) return request.stream().raw(`id: ${pieces}\ndata:\n\n`).end();
        const { id } = server.got("tools/call")[0]!.message;
        request
          .stream()
          .message({ jsonrpc: "2.0", id, result: text("whole") })
          .end();
      },
    });
    const client = await server.connect({ era });
    expect(await client.callTool("slow")).toMatchObject(text("whole"));
    expect(pieces).toBe(7);
  });

  test("is lost when it had no event to go on after", async () => {
    await using server = await legacy({
      "tools/call": (request) => request.stream().raw(": here\n\n").break(),
    });
    const client = await server.connect({ era });
    await expect(client.callTool("a")).rejects.toThrow(RequestLost);
  });

  test("is lost when the server does not go on with it", async () => {
    await using server = await legacy({
      "tools/call": (request) => request.stream().raw("retry: 1\nid: 0\ndata:\n\n").end(),
    });
    const client = await server.connect({ era });
    await expect(client.callTool("a")).rejects.toThrow("could not be resumed");
  });
});
