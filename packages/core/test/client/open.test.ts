import { afterEach, describe, expect, test, vi } from "vitest";
import { connect } from "../../src/client/index.ts";
import { host, legacy, modern, RpcError, ScriptedServer } from "./scripted-server.ts";

afterEach(() => {
  vi.useRealTimers();
});

const none = () => undefined;

describe("connecting by itself", () => {
  test("stays modern with a server that answers server/discover", async () => {
    const server = new ScriptedServer(modern());
    const client = await connect(server.transport, host);
    expect(server.seen.map(({ method }) => method)).toEqual(["server/discover"]);
    expect(server.got("server/discover")[0]?._meta).toEqual({
      "io.modelcontextprotocol/protocolVersion": "2026-07-28",
      "io.modelcontextprotocol/clientInfo": host.clientInfo,
      "io.modelcontextprotocol/clientCapabilities": {},
    });
    expect(client.server).toMatchObject({
      era: "modern",
      revision: "2026-07-28",
      info: { name: "new" },
      instructions: "Be brief.",
    });
    expect(client.remembered).toEqual({ era: "modern", revision: "2026-07-28" });
    await client.close();
    expect(server.closed).toBe(true);
  });

  test.each([
    ["method not found", new RpcError(-32601, "no")],
    ["invalid params", new RpcError(-32602, "no")],
    ["an error of its own", new RpcError(-32000, "Server not initialized")],
    ["an internal error", new RpcError(-32603, "no")],
  ])("falls back to initialize on %s", async (_name, error) => {
    const server = new ScriptedServer(
      legacy({
        "server/discover"() {
          throw error;
        },
      }),
    );
    const client = await connect(server.transport, host);
    expect(client.server).toMatchObject({
      era: "legacy",
      revision: "2025-11-25",
      info: { name: "old" },
      instructions: "Be kind.",
    });
    expect(server.got("initialize")).toEqual([
      { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: host.clientInfo },
    ]);
    expect(server.got("notifications/initialized")).toHaveLength(1);
    await client.close();
  });

  test("falls back when discovery is answered with something else than a discovery", async () => {
    const server = new ScriptedServer(legacy({ "server/discover": () => ({}) }));
    const client = await connect(server.transport, host);
    expect(client.server.era).toBe("legacy");
    await client.close();
  });

  test("falls back when the server could not even read the question", async () => {
    const server = new ScriptedServer(
      legacy({
        "server/discover"(_params, self) {
          self.send({ jsonrpc: "2.0", id: null, error: { code: -32600, message: "what?" } });
        },
      }),
    );
    const client = await connect(server.transport, host);
    expect(client.server.era).toBe("legacy");
    await client.close();
  });

  test("asks a silent server the legacy question too, and takes its answer", async () => {
    vi.useFakeTimers();
    const server = new ScriptedServer(legacy({ "server/discover": none }));
    const connecting = connect(server.transport, host);
    await vi.advanceTimersByTimeAsync(2999);
    expect(server.got("initialize")).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    const client = await connecting;
    expect(client.server.era).toBe("legacy");
    await client.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  test("knows a modern server that was only slow to start", async () => {
    vi.useFakeTimers();
    const script = modern();
    const server = new ScriptedServer({
      "server/discover": (params, self, id) =>
        new Promise((resolve) => setTimeout(resolve, 20_000)).then(() =>
          script["server/discover"]?.(params, self, id),
        ),
    });
    const connecting = connect(server.transport, host);
    await vi.advanceTimersByTimeAsync(20_000);
    const client = await connecting;
    expect(server.got("initialize")).toHaveLength(1);
    expect(client.server.era).toBe("modern");
    await client.close();
  });

  test.each([-32020, -32021])("never falls back on the modern error %i", async (code) => {
    const server = new ScriptedServer({
      "server/discover"() {
        throw new RpcError(code, "modern");
      },
    });
    await expect(connect(server.transport, host)).rejects.toMatchObject({ code });
    expect(server.got("initialize")).toHaveLength(0);
    await server.until(() => server.closed);
  });

  test("names both sides' revisions when a modern server shares none", async () => {
    const server = new ScriptedServer({
      "server/discover"() {
        throw new RpcError(-32022, "no", { supported: ["2031-01-01"], requested: "2026-07-28" });
      },
    });
    await expect(connect(server.transport, host)).rejects.toThrow(
      "The server speaks MCP 2031-01-01; this client speaks 2024-11-05",
    );
    expect(server.got("initialize")).toHaveLength(0);
  });

  test("names the one revision it may speak when a server lacks that", async () => {
    const server = new ScriptedServer({
      "server/discover": () => ({
        supportedVersions: ["2025-11-25"],
        capabilities: {},
        ttlMs: 0,
        cacheScope: "private",
      }),
    });
    const revision = "2026-07-28";
    await expect(connect(server.transport, { ...host, revision })).rejects.toThrow(
      "The server speaks MCP 2025-11-25; this client speaks only 2026-07-28, as it was told.",
    );
  });

  test("initializes with a server that can be discovered but speaks legacy revisions only", async () => {
    const server = new ScriptedServer(
      legacy({
        "server/discover": () => ({ supportedVersions: ["2025-06-18"], capabilities: {} }),
      }),
    );
    const client = await connect(server.transport, host);
    expect(client.server.era).toBe("legacy");
    await client.close();
  });

  test("says what initialize said when the server speaks neither", async () => {
    const server = new ScriptedServer({
      initialize() {
        throw new RpcError(-32602, "bad client");
      },
    });
    await expect(connect(server.transport, host)).rejects.toThrow("bad client");
  });
});

describe("connecting as told", () => {
  test("legacy asks nothing before initialize", async () => {
    const server = new ScriptedServer(legacy());
    const client = await connect(server.transport, { ...host, era: "legacy" });
    expect(server.seen[0]?.method).toBe("initialize");
    await client.close();
  });

  test("modern asks nothing at all, and learns the server's name from its results", async () => {
    const _meta = { "io.modelcontextprotocol/serverInfo": { name: "new", version: "2" } };
    const server = new ScriptedServer(
      modern({ "tools/list": () => ({ resultType: "complete", tools: [], _meta }) }),
    );
    const client = await connect(server.transport, { ...host, era: "modern" });
    expect(server.seen).toEqual([]);
    expect(client.server.info).toBeUndefined();
    await client.listTools();
    expect(client.server.info?.name).toBe("new");
    expect(client.server.capabilities).toBeUndefined();
    await client.ping();
    expect(client.server.capabilities).toHaveProperty("tools");
    await client.close();
  });

  test("a remembered legacy server is spared the probe", async () => {
    const server = new ScriptedServer(legacy());
    const remembered = { era: "legacy", revision: "2025-06-18" } as const;
    const client = await connect(server.transport, { ...host, remembered });
    expect(server.seen[0]?.method).toBe("initialize");
    await client.close();
  });

  test("what was remembered is found out anew when it fails", async () => {
    const server = new ScriptedServer(modern());
    const remembered = { era: "legacy", revision: "2025-06-18" } as const;
    const client = await connect(server.transport, { ...host, remembered });
    expect(client.remembered.era).toBe("modern");
    await client.close();
  });

  test.each(["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"] as const)(
    "revision %s is the only one asked for and accepted",
    async (revision) => {
      const server = new ScriptedServer(legacy({}, revision));
      const client = await connect(server.transport, { ...host, revision });
      expect(server.got("initialize")[0]?.protocolVersion).toBe(revision);
      expect(client.server.revision).toBe(revision);
      await client.close();
      const other = revision === "2024-11-05" ? "2025-03-26" : "2024-11-05";
      const stubborn = new ScriptedServer(legacy({}, other));
      await expect(connect(stubborn.transport, { ...host, revision })).rejects.toThrow(
        `The server wants to speak MCP "${other}"; this client speaks ${revision}`,
      );
      expect(stubborn.got("notifications/initialized")).toHaveLength(0);
    },
  );

  test("an older revision is accepted when none was asked for, an unknown one is not", async () => {
    const server = new ScriptedServer(legacy({}, "2024-11-05"));
    const client = await connect(server.transport, host);
    expect(client.server.revision).toBe("2024-11-05");
    await client.close();
    const strange = new ScriptedServer(legacy({}, "2019-01-01"));
    await expect(connect(strange.transport, host)).rejects.toThrow('"2019-01-01"');
  });

  test("a signal gives up connecting and closes the transport", async () => {
    const server = new ScriptedServer({ "server/discover": none, initialize: none });
    const control = new AbortController();
    const connecting = connect(server.transport, { ...host, signal: control.signal });
    await server.received("server/discover");
    control.abort(new Error("enough"));
    await expect(connecting).rejects.toThrow("enough");
    await server.until(() => server.closed);
  });

  test("a server that ends at the first question is started once more and only initialized", async () => {
    const servers: ScriptedServer[] = [];
    const client = await connect(() => {
      const server = new ScriptedServer(
        legacy({ "server/discover": (_params, self) => void self.crash() }),
      );
      servers.push(server);
      return server.transport;
    }, host);
    expect(servers.map(({ seen }) => seen[0]?.method)).toEqual(["server/discover", "initialize"]);
    expect(client.server.era).toBe("legacy");
    await client.close();
  });
});

test("what the client can do is declared from its handlers", async () => {
  const declared = async (options: object) => {
    const server = new ScriptedServer(legacy());
    const client = await connect(server.transport, { ...host, era: "legacy", ...options });
    await client.close();
    return server.got("initialize")[0]?.capabilities;
  };
  const answer = () => ({ action: "decline" });
  expect(await declared({ onElicit: answer })).toEqual({ elicitation: { form: {} } });
  expect(await declared({ onElicit: { url: answer } })).toEqual({ elicitation: { url: {} } });
  expect(await declared({ onSample: answer, roots: [] })).toEqual({
    sampling: {},
    roots: { listChanged: true },
  });
  expect(await declared({ onSample: { run: answer, tools: true, context: true } })).toEqual({
    sampling: { tools: {}, context: {} },
  });
  await expect(declared({ roots: [{ uri: "https://x" }] })).rejects.toThrow(
    '"https://x" is not one',
  );
});

test("what a modern server is told leaves out what only legacy ones have", async () => {
  const server = new ScriptedServer(modern());
  const client = await connect(server.transport, { ...host, roots: [] });
  expect(server.got("server/discover")[0]?._meta).toMatchObject({
    "io.modelcontextprotocol/clientCapabilities": { roots: {} },
  });
  expect(JSON.stringify(server.seen)).not.toContain("listChanged");
  await client.close();
});
