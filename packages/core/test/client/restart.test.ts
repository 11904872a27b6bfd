import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { connect, type Restart } from "../../src/client/index.ts";
import type { Transport } from "../../src/transport/transport.ts";
import { host, legacy, modern, type Script, ScriptedServer } from "./scripted-server.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const tools = [
  { name: "look", inputSchema: { type: "object" }, annotations: { readOnlyHint: true } },
  { name: "put", inputSchema: { type: "object" }, annotations: { idempotentHint: true } },
  { name: "add", inputSchema: { type: "object" } },
];

/** Starts a scripted server for each connection and keeps them all. */
function starting(script: Script) {
  const servers: ScriptedServer[] = [];
  const target = () => {
    const server = new ScriptedServer(script);
    servers.push(server);
    return server.transport;
  };
  return { servers, target, latest: () => servers.at(-1) as ScriptedServer };
}

describe.each([
  ["legacy", legacy],
  ["modern", modern],
] as const)("a %s server that crashes", (era, scripted) => {
  const options = { ...host, ...(era === "legacy" && { era }) };

  test("is started again, and says so", async () => {
    const { servers, target, latest } = starting(
      scripted({ "tools/list": () => ({ tools, ttlMs: 9999, cacheScope: "public" }) }),
    );
    const restarts: Restart[] = [];
    const client = await connect(target, { ...options, onRestart: (each) => restarts.push(each) });
    await client.listTools();
    await latest().crash();
    const listed = client.listTools();
    await vi.advanceTimersByTimeAsync(100);
    expect(await listed).toEqual(tools);
    expect(servers).toHaveLength(2);
    expect(latest().got("tools/list")).toHaveLength(1);
    expect(restarts).toMatchObject([{ attempt: 1, reason: { name: "ConnectionClosed" } }]);
    await client.close();
  });

  test("is asked again what only reads, and what tools allow to be repeated", async () => {
    let crashes = true;
    const fragile = (result: object) => (_params: unknown, self: ScriptedServer) =>
      crashes ? void self.crash() : result;
    const { latest, target } = starting(
      scripted({
        "tools/list": () => ({ tools }),
        "tools/call": fragile({ content: [] }),
        "resources/read": fragile({ contents: [] }),
      }),
    );
    const client = await connect(target, options);
    await client.listTools();
    const calls = [client.callTool("look"), client.callTool("put"), client.readResource("a://b")];
    const add = expect(client.callTool("add")).rejects.toThrow(
      "The connection to the server is over",
    );
    await latest().until(() => latest().closed);
    crashes = false;
    await vi.advanceTimersByTimeAsync(100);
    expect(await Promise.all(calls)).toHaveLength(3);
    await add;
    await client.close();
  });

  test("by the same request twice is not asked a third time", async () => {
    const { servers, target } = starting(
      scripted({ "resources/read": (_params, self) => void self.crash() }),
    );
    const client = await connect(target, options);
    const failed = expect(client.readResource("a://b")).rejects.toThrow("connection");
    await vi.advanceTimersByTimeAsync(1000);
    await failed;
    expect(servers.flatMap((server) => server.got("resources/read"))).toHaveLength(2);
    await client.close();
  });

  test("gets subscriptions and the log level again; everything subscribed counts as changed", async () => {
    const { target, latest } = starting(
      scripted({
        "resources/subscribe": () => ({}),
        "logging/setLevel": () => ({}),
        "subscriptions/listen"({ notifications }, self, id) {
          const _meta = { "io.modelcontextprotocol/subscriptionId": id };
          self.notify("notifications/subscriptions/acknowledged", {
            notifications: notifications!,
            _meta,
          });
        },
      }),
    );
    const client = await connect(target, options);
    await client.setLogLevel("warning");
    const changes = await client.subscribe({ tools: true, uris: ["a://b"] });
    await latest().crash();
    await vi.advanceTimersByTimeAsync(100);
    expect((await changes.next()).value).toEqual({ kind: "list", list: "tools" });
    expect((await changes.next()).value).toEqual({ kind: "resource", uri: "a://b" });
    const again = era === "legacy" ? "resources/subscribe" : "subscriptions/listen";
    expect(latest().got(again)).toHaveLength(1);
    expect(latest().got("logging/setLevel")).toHaveLength(era === "legacy" ? 1 : 0);
    await client.close();
    expect((await changes.next()).done).toBe(true);
  });

  test("again and again is given up, after pauses that grow", async () => {
    const script = scripted();
    let dead = false;
    let first: ScriptedServer | undefined;
    const starts: number[] = [];
    const client = await connect(() => {
      starts.push(Date.now());
      const server = new ScriptedServer(dead ? {} : script);
      if (dead) void server.crash();
      else first = server;
      return server.transport;
    }, options);
    dead = true;
    await first?.crash();
    const failed = expect(client.listTools()).rejects.toThrow("went down 8 times in a row");
    await vi.advanceTimersByTimeAsync(60_000);
    await failed;
    expect(await client.closed).toMatchObject({ name: "ConnectionClosed" });
    const pauses = starts.slice(1).map((start, index) => start - (starts[index] as number));
    expect(Math.max(...pauses)).toBeGreaterThanOrEqual(5000);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(10_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("is waited for no longer than for an answer, and not when the caller gives up", async () => {
    const script = scripted();
    let starts = 0;
    let first: ScriptedServer | undefined;
    const client = await connect(
      () => {
        const server = new ScriptedServer(
          starts++ === 0 ? script : { initialize: () => undefined },
        );
        first ??= server;
        return server.transport;
      },
      { ...options, timeoutMs: 5000 },
    );
    await first?.crash();
    const control = new AbortController();
    const calls = [client.ping({ timeoutMs: 300 }), client.ping({ signal: control.signal })];
    const failed = Promise.allSettled(calls);
    await vi.advanceTimersByTimeAsync(300);
    control.abort(new Error("not needed"));
    expect(await failed).toMatchObject([
      { reason: { name: "RequestTimeout", message: "The server was not back within 300 ms." } },
      { reason: { message: "not needed" } },
    ]);
    await client.close();
  });

  test("is let go at once when the client is closed while it starts again", async () => {
    const servers: ScriptedServer[] = [];
    const client = await connect(() => {
      const mute = { initialize: () => undefined, "server/discover": () => undefined };
      const server = new ScriptedServer(servers.length === 0 ? scripted() : mute);
      servers.push(server);
      return server.transport;
    }, options);
    await servers[0]?.crash();
    await vi.advanceTimersByTimeAsync(100);
    expect(servers).toHaveLength(2);
    await client.close();
    await servers[1]?.until(() => servers[1]?.closed);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("that is still being reached when the client is closed is closed when it is", async () => {
    const later = Promise.withResolvers<Transport>();
    const first = new ScriptedServer(scripted());
    let starts = 0;
    const client = await connect(() => (starts++ === 0 ? first.transport : later.promise), options);
    await first.crash();
    await vi.advanceTimersByTimeAsync(100);
    await client.close();
    const second = new ScriptedServer(scripted());
    later.resolve(second.transport);
    await second.until(() => second.closed);
    expect(second.seen).toEqual([]);
  });

  test("is let go when the client is closed while it is brought up to date", async () => {
    const { latest, target } = starting(
      scripted({ "logging/setLevel": () => undefined, "subscriptions/listen": () => undefined }),
    );
    const client = await connect(target, options);
    const asked = [client.setLogLevel("error"), client.subscribe({ tools: true })];
    const settled = Promise.allSettled(asked);
    await latest().crash();
    await vi.advanceTimersByTimeAsync(100);
    await client.close();
    await latest().until(() => latest().closed);
    await settled;
    expect(vi.getTimerCount()).toBe(0);
  });

  test("is not started again once the client is closed", async () => {
    const { servers, target, latest } = starting(scripted());
    const client = await connect(target, options);
    await latest().crash();
    const closing = client.close();
    await vi.advanceTimersByTimeAsync(60_000);
    await closing;
    expect(servers).toHaveLength(1);
    await expect(client.ping()).rejects.toThrow("This client is closed.");
    expect(vi.getTimerCount()).toBe(0);
  });
});

test("a connection that was given as such is never replaced", async () => {
  const server = new ScriptedServer(legacy());
  const client = await connect(server.transport, { ...host, era: "legacy" });
  await server.crash();
  await vi.advanceTimersByTimeAsync(60_000);
  await expect(client.ping()).rejects.toThrow("The connection to the server is over");
});
