import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { McpServer as McpServerV1 } from "@modelcontextprotocol/sdk/server/mcp.js";
import { SSEServerTransport } from "@modelcontextprotocol/sdk/server/sse.js";
import {
  type EventStore,
  StreamableHTTPServerTransport,
} from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";
import { createMcpHandler, McpServer } from "@modelcontextprotocol/server";
import { type Client, type ConnectOptions, connect, httpClient, REVISIONS } from "@portico/core";
import { afterEach, describe, expect, test } from "vitest";
import { z } from "zod";

const open: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function meet(url: string, options: Partial<ConnectOptions> = {}): Promise<Client> {
  const clientInfo = { name: "portico-interop", version: "1.0.0" };
  const client = await connect(httpClient(url), { clientInfo, ...options });
  open.push(() => client.close());
  return client;
}

async function listen(handle: RequestListener): Promise<string> {
  const server: Server = createServer(handle);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  const bytes = await buffer(request);
  return bytes.length > 0 ? JSON.parse(bytes.toString()) : undefined;
};

describe.each(["streamableHttp", "sse"])("the official everything server over %s", (mode) => {
  async function start(): Promise<string> {
    const require = createRequire(import.meta.url);
    const manifest = require.resolve("@modelcontextprotocol/server-everything/package.json");
    const { bin } = require(manifest) as { bin: Record<string, string> };
    const program = join(dirname(manifest), Object.values(bin)[0] as string);
    const port = await freePort();
    const env = { ...process.env, PORT: String(port) };
    const child = spawn(process.execPath, [program, mode], { env });
    open.push(() => child.kill());
    await new Promise<void>((resolve) => {
      child.stderr.on("data", (text) => /listening|running/i.test(String(text)) && resolve());
    });
    return `http://127.0.0.1:${port}/${mode === "sse" ? "sse" : "mcp"}`;
  }

  test("is found out, lists, calls, reports progress and asks", async () => {
    const client = await meet(await start(), {
      onSample: () => ({
        role: "assistant",
        content: { type: "text", text: "sampled" },
        model: "none",
      }),
    });
    expect(client.server).toMatchObject({ era: "legacy", revision: "2025-11-25" });
    const names = (await client.listTools()).map(({ name }) => name);
    expect(names).toContain("echo");
    expect((await client.callTool("echo", { message: "hi" })).content).toEqual([
      { type: "text", text: "Echo: hi" },
    ]);
    const progress: number[] = [];
    await client.callTool(
      "trigger-long-running-operation",
      { duration: 0.2, steps: 2 },
      { onProgress: (each) => progress.push(each.progress) },
    );
    expect(progress).toEqual([1, 2]);
    const sampled = await client.callTool("trigger-sampling-request", {
      prompt: "p",
      maxTokens: 5,
    });
    expect(JSON.stringify(sampled.content)).toContain("sampled");
  });
});

/** A port that was free a moment ago, for a program that cannot choose one itself. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Events kept for clients that come back, as the SDK wants them kept. */
class KeptEvents implements EventStore {
  readonly #events: { id: string; stream: string; message: JSONRPCMessage }[] = [];

  async storeEvent(stream: string, message: JSONRPCMessage): Promise<string> {
    const id = `${stream}_${this.#events.length}`;
    this.#events.push({ id, stream, message });
    return id;
  }

  async replayEventsAfter(
    last: string,
    { send }: { send: (id: string, message: JSONRPCMessage) => Promise<void> },
  ): Promise<string> {
    const at = this.#events.findIndex(({ id }) => id === last);
    const stream = this.#events[at]?.stream ?? "";
    for (const event of this.#events.slice(at + 1)) {
      if (event.stream === stream) await send(event.id, event.message);
    }
    return stream;
  }
}

function serverV1(): McpServerV1 {
  const server = new McpServerV1({ name: "sdk-v1", version: "1.32.2" });
  server.registerTool("add", { inputSchema: { a: z.number(), b: z.number() } }, ({ a, b }) => ({
    content: [{ type: "text", text: String(a + b) }],
  }));
  server.registerTool("ask", {}, async () => {
    const answer = await server.server.elicitInput({
      message: "Who?",
      requestedSchema: { type: "object", properties: { name: { type: "string" } } },
    });
    return { content: [{ type: "text", text: String(answer.content?.name) }] };
  });
  server.registerTool("leave", {}, async (extra) => {
    extra.closeSSEStream?.();
    return { content: [{ type: "text", text: "came back" }] };
  });
  server.registerTool("grow", {}, () => {
    server.registerTool(`grown-${randomUUID()}`, {}, () => ({ content: [] }));
    return { content: [] };
  });
  return server;
}

describe("SDK v1 over Streamable HTTP", () => {
  const sessions = new Map<string, StreamableHTTPServerTransport>();

  const start = async () =>
    `${await listen(async (request, response) => {
      const id = request.headers["mcp-session-id"] as string | undefined;
      const body = await bodyOf(request);
      const known = id === undefined ? await begin() : sessions.get(id);
      if (known) return known.handleRequest(request, response, body);
      response.writeHead(404).end();
    })}/mcp`;

  async function begin(): Promise<StreamableHTTPServerTransport> {
    const transport: StreamableHTTPServerTransport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      eventStore: new KeptEvents(),
      retryInterval: 20,
      onsessioninitialized: (id) => void sessions.set(id, transport),
    });
    await serverV1().connect(transport as Parameters<McpServerV1["connect"]>[0]);
    return transport;
  }

  test.each(REVISIONS.slice(0, 4))("speaks %s", async (revision) => {
    const client = await meet(await start(), { revision });
    expect(client.server.revision).toBe(revision);
    expect((await client.callTool("add", { a: 1, b: 2 })).content).toEqual([
      { type: "text", text: "3" },
    ]);
  });

  test("asks on the stream of a call", async () => {
    const client = await meet(await start(), {
      onElicit: () => ({ action: "accept", content: { name: "Ada" } }),
    });
    expect((await client.callTool("ask")).content).toEqual([{ type: "text", text: "Ada" }]);
  });

  test("closes the stream of a call and delivers to the client that comes back", async () => {
    const client = await meet(await start());
    expect((await client.callTool("leave")).content).toEqual([{ type: "text", text: "came back" }]);
  });

  test("tells changes on the standing stream", async () => {
    const client = await meet(await start());
    const subscription = await client.subscribe({ tools: true });
    // The stream may not be open yet, and this server keeps nothing for it.
    const growing = setInterval(() => void client.callTool("grow"), 50);
    open.push(() => clearInterval(growing));
    expect(await subscription.next()).toMatchObject({ value: { kind: "list", list: "tools" } });
  });

  test("loses its sessions, and the client begins another", async () => {
    const client = await meet(await start());
    await client.callTool("add", { a: 1, b: 2 });
    sessions.clear();
    expect((await client.callTool("add", { a: 2, b: 2 })).content).toEqual([
      { type: "text", text: "4" },
    ]);
    expect(sessions.size).toBe(1);
  });

  test("has its session ended by the client", async () => {
    const client = await meet(await start());
    const [transport] = [...sessions.values()].slice(-1);
    const ended = new Promise<void>((resolve) => {
      if (transport) transport.onclose = resolve;
    });
    await client.close();
    await ended;
    expect(transport?.sessionId).toBeTypeOf("string");
  });
});

describe("SDK v1 over HTTP+SSE", () => {
  const start = async () => {
    const sessions = new Map<string, SSEServerTransport>();
    return `${await listen(async (request, response) => {
      const url = new URL(request.url ?? "/", "http://localhost");
      if (url.pathname === "/sse" && request.method === "GET") {
        const transport = new SSEServerTransport("/messages", response);
        sessions.set(transport.sessionId, transport);
        return serverV1().connect(transport);
      }
      const known = sessions.get(url.searchParams.get("sessionId") ?? "");
      if (known) return known.handlePostMessage(request, response);
      response.writeHead(404).end();
    })}/sse`;
  };

  test("is found behind an address that takes no POST, calls and asks", async () => {
    const client = await meet(await start(), {
      onElicit: () => ({ action: "accept", content: { name: "Ada" } }),
    });
    expect((await client.callTool("add", { a: 1, b: 2 })).content).toEqual([
      { type: "text", text: "3" },
    ]);
    expect((await client.callTool("ask")).content).toEqual([{ type: "text", text: "Ada" }]);
  });
});

describe("SDK v2", () => {
  const start = async (legacy: "stateless" | "reject") => {
    const handler = createMcpHandler(
      () => {
        const server = new McpServer({ name: "sdk-v2", version: "2.4.0" });
        const region = z.string().meta({ "x-mcp-header": "Region" });
        server.registerTool("where", { inputSchema: z.object({ region }) }, (args) => ({
          content: [{ type: "text", text: args.region }],
        }));
        return server;
      },
      { legacy },
    );
    return `${await listen(async (request, response) => {
      const gone = new AbortController();
      response.on("close", () => gone.abort());
      const body = await buffer(request);
      const answer = await handler.fetch(
        new Request(`http://${request.headers.host}${request.url}`, {
          method: request.method ?? "GET",
          headers: Object.entries(request.headers).map(([name, value]): [string, string] => [
            name,
            String(value),
          ]),
          signal: gone.signal,
          ...(body.length > 0 && { body: new Uint8Array(body) }),
        }),
      );
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      if (answer.body === null) return void response.end();
      Readable.fromWeb(answer.body)
        .on("error", () => response.destroy())
        .pipe(response);
    })}/mcp`;
  };

  test("is modern, and gets the headers its tools want", async () => {
    const client = await meet(await start("reject"));
    expect(client.server).toMatchObject({ era: "modern", revision: "2026-07-28" });
    const [tool] = await client.listTools();
    expect(JSON.stringify(tool?.inputSchema)).toContain("x-mcp-header");
    expect((await client.callTool("where", { region: "Zürich" })).content).toEqual([
      { type: "text", text: "Zürich" },
    ]);
  });

  test("says that a header is missing, and is asked again with it", async () => {
    const client = await meet(await start("reject"));
    expect((await client.callTool("where", { region: "eu" })).content).toEqual([
      { type: "text", text: "eu" },
    ]);
  });

  test("serves legacy clients without sessions", async () => {
    const client = await meet(await start("stateless"), { era: "legacy" });
    expect((await client.callTool("where", { region: "eu" })).content).toEqual([
      { type: "text", text: "eu" },
    ]);
  });

  test("opens subscriptions", async () => {
    const client = await meet(await start("reject"));
    const subscription = await client.subscribe({ tools: true });
    expect(subscription.granted).toEqual({ tools: true });
    subscription.close();
  });
});
