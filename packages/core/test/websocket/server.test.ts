import { once } from "node:events";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  type Authenticator,
  connect,
  defineServer,
  type Principal,
  REVISIONS,
  type ServerDefinition,
  tool,
} from "../../src/index.ts";
import { type WebSocketOptions, webSocketClient, webSocketServer } from "../../src/websocket.ts";
import { meta } from "../server/raw-client.ts";
import { httpForTest } from "./http-server.ts";
import { nextMessage, rawSocket, refusedWith } from "./raw-socket.ts";

const clientInfo = { name: "test", version: "1.0.0" };
const whoami = tool({
  name: "whoami",
  description: "Says who calls.",
  run: (_, { principal }) => principal?.id ?? "nobody",
});
const flood = tool({
  name: "flood",
  description: "Answers with a megabyte.",
  run: () => "x".repeat(1024 * 1024),
});
const small = defineServer({ name: "small", version: "1.0.0", tools: [whoami, flood] });

async function served(options: WebSocketOptions = {}, definition: ServerDefinition = small) {
  const http = await httpForTest();
  const cut = Promise.withResolvers<string>();
  const serving = webSocketServer(definition, http.server, {
    onCut: ({ message }) => cut.resolve(message),
    ...options,
  });
  onTestFinished(() => serving.close());
  return { ...http, serving, cut: cut.promise };
}

const call = (id: number, name: string) =>
  JSON.stringify({ jsonrpc: "2.0", id, method: "tools/call", params: { name, _meta: meta() } });

describe("a WebSocket server", () => {
  test.each(REVISIONS)("serves a client of %s", async (revision) => {
    const { url, serving } = await served();
    const client = await connect(webSocketClient(url), { clientInfo, revision });
    expect(client.server.revision).toBe(revision);
    expect((await client.callTool("whoami")).content).toEqual([{ type: "text", text: "nobody" }]);
    expect(serving.connections).toBe(1);
    await client.close();
  });

  test("tells who a connection belongs to in each of its calls", async () => {
    const { url } = await served({ authenticator: bearer({ a: { id: "ada" }, b: { id: "bob" } }) });
    const names = ["a", "b"].map(async (token) => {
      const transport = webSocketClient(url, { headers: { Authorization: `Bearer ${token}` } });
      await using client = await connect(transport, { clientInfo });
      const { content } = await client.callTool("whoami");
      return content[0];
    });
    expect(await Promise.all(names)).toMatchObject([{ text: "ada" }, { text: "bob" }]);
  });

  test("answers whom it does not know as the authenticator says", async () => {
    const { url } = await served({ authenticator: bearer({}) });
    const { status, headers } = await refusedWith(url);
    expect(status).toBe(401);
    expect(headers["www-authenticate"]).toBe("Bearer");
  });

  test("refuses a page from elsewhere, and one whose name was pointed at this machine", async () => {
    const { url } = await served();
    const foreign = await refusedWith(url, { origin: "https://evil.example" });
    const rebound = await refusedWith(url, { headers: { Host: "evil.example" } });
    expect([foreign.status, rebound.status]).toEqual([403, 403]);
  });

  test("lets allowed hosts and pages in", async () => {
    const { url } = await served({
      allowedHosts: ["mcp.example"],
      allowedOrigins: ["https://app.example"],
    });
    const options = { origin: "https://app.example", headers: { Host: "mcp.example" } };
    const web = await rawSocket(url, options);
    expect(web.protocol).toBe("mcp");
    web.close();
  });

  test("wants the subprotocol, so that nobody connects by mistake", async () => {
    const { url } = await served();
    const { status, body } = await refusedWith(url, {}, ["chat"]);
    expect(status).toBe(400);
    expect(body).toContain("subprotocol");
  });

  test("has nothing at another path, but leaves it to others who listen", async () => {
    const { url, server } = await served();
    const other = url.replace("/mcp", "/other?x=/mcp");
    expect((await refusedWith(other)).status).toBe(404);
    server.on("upgrade", (request, socket) => {
      if (request.url?.startsWith("/other")) socket.end("HTTP/1.1 418 I'm a teapot\r\n\r\n");
    });
    expect((await refusedWith(other)).status).toBe(418);
  });

  test("refuses more connections than it may have", async () => {
    const { url } = await served({ connections: 1 });
    const web = await rawSocket(url);
    const { status, headers } = await refusedWith(url);
    expect(status).toBe(503);
    expect(headers["retry-after"]).toBe("5");
    web.close();
  });
});

describe("a connection", () => {
  test("survives what is no message", async () => {
    const { url } = await served();
    const web = await rawSocket(url);
    for (const frame of [Buffer.from("{}"), "not json", "[".repeat(1000)]) {
      web.send(frame);
      expect(await nextMessage(web)).toMatchObject({ error: { code: expect.any(Number) } });
    }
    web.send(call(1, "whoami"));
    expect(await nextMessage(web)).toMatchObject({ id: 1, result: {} });
    web.close();
  });

  test("ends at a message that is too long", async () => {
    const { url, cut } = await served({ limits: { bytes: 1000, depth: 100 } });
    const web = await rawSocket(url);
    web.send("x".repeat(1001));
    const [code] = await once(web, "close");
    expect(code).toBe(1009);
    expect(await cut).toContain("longer than 1000 bytes");
  });

  test("ends when its peer answers no ping", async () => {
    const { url, cut } = await served({ pingMs: 20 });
    const alive = await rawSocket(url);
    const silent = await rawSocket(url, { autoPong: false });
    await once(silent, "close");
    expect(await cut).toBe("The peer answered no ping; it was disconnected.");
    expect(alive.readyState).toBe(alive.OPEN);
    alive.close();
  });

  test("ends when its peer asks for more and more and reads nothing", async () => {
    const { url, cut } = await served({ queueBytes: 2 * 1024 * 1024 });
    const web = await rawSocket(url);
    web.pause();
    for (let id = 0; id < 100; id++) web.send(call(id, "flood"));
    expect(await cut).toContain("does not read");
    web.terminate();
  });
});

describe("closing", () => {
  test("lets running calls finish and nobody in any more", async () => {
    const entered = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<string>();
    const wait = tool({
      name: "wait",
      description: "Ends when told.",
      run() {
        entered.resolve();
        return gate.promise;
      },
    });
    const { url, serving } = await served(
      {},
      defineServer({ name: "waiting", version: "1.0.0", tools: [wait] }),
    );
    const web = await rawSocket(url);
    web.send(call(1, "wait"));
    await entered.promise;
    const closing = serving.close(60_000);
    expect((await refusedWith(url)).status).toBe(503);
    const answer = nextMessage(web);
    gate.resolve("done");
    expect(await answer).toMatchObject({ id: 1, result: { content: [{ text: "done" }] } });
    const [code] = await once(web, "close");
    expect(code).toBe(1000);
    await closing;
    expect(serving.connections).toBe(0);
  });

  test("leaves the HTTP server to its owner", async () => {
    const { url, server, serving } = await served();
    await serving.close();
    expect(server.listening).toBe(true);
    expect(server.listenerCount("upgrade")).toBe(0);
    expect((await fetch(url.replace("ws:", "http:"))).status).toBe(404);
  });
});

/** Knows callers by their bearer tokens. */
function bearer(callers: Readonly<Record<string, Principal>>): Authenticator {
  return {
    authenticate(head) {
      const token = head.header("authorization")?.replace("Bearer ", "") ?? "";
      const principal = callers[token];
      if (principal) return { principal };
      return { refusal: { status: 401, headers: { "WWW-Authenticate": "Bearer" } } };
    },
    insufficientScope: () => ({ status: 403 }),
  };
}
