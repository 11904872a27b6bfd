import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StreamableHTTPClientTransport as TransportV2 } from "@modelcontextprotocol/client";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { connect, httpClient } from "@portico/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inspect } from "./peers/inspector.ts";
import { type Listening, listen } from "./peers/listening.ts";
import { meetV1Over } from "./peers/sdk-v1.ts";
import { meetV2Over } from "./peers/sdk-v2.ts";
import { FILESYSTEM } from "./suites/filesystem.ts";

const [ada, eve] = [randomBytes(32).toString("base64url"), randomBytes(32).toString("base64url")];
const bearing = (token: string) => ({ Authorization: `Bearer ${token}` });
let folder: string;
let server: Listening;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "portico-protected-")));
  const tokens = join(folder, "tokens");
  const hash = (token: string) => createHash("sha256").update(token).digest("hex");
  await writeFile(tokens, `# Who may call.\n${hash(ada)} ada\n${hash(eve)} eve\n`);
  server = await listen([FILESYSTEM, `--auth-tokens=${tokens}`, folder]);
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

function send(
  method: string,
  headers: Record<string, string>,
  message?: object,
  url: URL = server.url,
): Promise<Response> {
  const types = {
    accept: "application/json, text/event-stream",
    ...(message && { "content-type": "application/json" }),
  };
  return fetch(url, {
    method,
    headers: { ...types, ...headers },
    ...(message && { body: JSON.stringify({ jsonrpc: "2.0", ...message }) }),
  });
}

const initialize = {
  id: 1,
  method: "initialize",
  params: {
    protocolVersion: "2025-11-25",
    capabilities: {},
    clientInfo: { name: "raw", version: "1.0.0" },
  },
};
const list = { id: 2, method: "tools/list" };

describe("without a token that the server knows", () => {
  test.each<[string, () => Record<string, string>, string]>([
    ["none", () => ({}), "Bearer"],
    [
      "a wrong one",
      () => bearing("made-up"),
      'Bearer error="invalid_token", error_description="The token is not from an issuer this server trusts."',
    ],
    ["another scheme", () => ({ Authorization: "Basic YWRhOmFkYQ==" }), "Bearer"],
  ])("every method of every endpoint is refused: %s", async (_, headers, challenge) => {
    for (const url of [server.url, server.sse, new URL("messages?sessionId=1", server.url)]) {
      for (const method of ["GET", "POST", "DELETE"]) {
        const refused = await send(method, headers(), method === "POST" ? list : undefined, url);
        expect([method, url.pathname, refused.status]).toEqual([method, url.pathname, 401]);
        expect(refused.headers.get("www-authenticate")).toBe(challenge);
      }
    }
  });

  test("a token in the address is refused: addresses end up in logs", async () => {
    const url = new URL(`?access_token=${ada}`, server.url);
    const refused = await send("POST", {}, initialize, url);
    expect(refused.status).toBe(400);
    expect(refused.headers.get("www-authenticate")).toContain('error="invalid_request"');
  });

  test("the process still tells an orchestrator that it lives, and nothing else", async () => {
    const health = await fetch(new URL("/healthz", server.url));
    expect([health.status, await health.text()]).toEqual([200, "ok\n"]);
  });
});

describe("with its token, every client is served", () => {
  test("ours, in both eras", async () => {
    for (const era of ["modern", "legacy"] as const) {
      const client = await connect(httpClient(server.url, { headers: bearing(ada) }), {
        clientInfo: { name: "portico", version: "1.0.0" },
        era,
      });
      const { content } = await client.callTool("list_allowed_directories");
      expect(content).toMatchObject([{ text: expect.stringContaining(folder) }]);
      await client.close();
    }
  });

  test("the official SDKs'", async () => {
    const init = { requestInit: { headers: bearing(ada) } };
    const v1 = new StreamableHTTPClientTransport(server.url, init) as Transport;
    const v2 = new TransportV2(server.url, init);
    for (const peer of [await meetV1Over(v1, "2025-11-25"), await meetV2Over(v2, "auto")]) {
      expect((await peer.listTools()).length).toBeGreaterThan(10);
      await peer.close();
    }
  });

  test("the official inspector, which says that it lacks authorization without", async () => {
    const reach = ["--server-url", server.url.href, "--transport", "http"];
    const run = [...reach, "--protocol-era", "modern", "--method", "tools/list"];
    const header = `Authorization: Bearer ${ada}`;
    expect(await inspect(run, folder)).toMatchObject({ exitCode: 3 });
    expect(await inspect([...run, "--header", header], folder)).toMatchObject({ exitCode: 0 });
  });
});

describe("somebody else's session", () => {
  test("is as unknown as one that never was, with a token as good", async () => {
    const opened = await send("POST", bearing(ada), initialize);
    const session = { "mcp-session-id": opened.headers.get("mcp-session-id") ?? "" };
    await opened.text();
    expect(session["mcp-session-id"]).not.toBe("");
    const stolen = { ...session, ...bearing(eve) };
    expect((await send("POST", stolen, list)).status).toBe(404);
    expect((await send("GET", stolen)).status).toBe(404);
    expect((await send("GET", { ...stolen, "last-event-id": "0-0" })).status).toBe(404);
    expect((await send("DELETE", stolen)).status).toBe(404);
    expect((await send("POST", { ...session, ...bearing(ada) }, list)).status).toBe(200);
  });

  test("is so over HTTP+SSE as well", async () => {
    const gone = new AbortController();
    const stream = await fetch(server.sse, { headers: bearing(ada), signal: gone.signal });
    const { value } =
      (await stream.body?.pipeThrough(new TextDecoderStream()).getReader().read()) ?? {};
    const [, path = ""] = /^data: (\S+)$/m.exec(value ?? "") ?? [];
    const messages = new URL(path, server.url);
    expect(messages.searchParams.size).toBe(1);
    expect((await send("POST", bearing(eve), initialize, messages)).status).toBe(404);
    expect((await send("POST", bearing(ada), initialize, messages)).status).toBe(202);
    gone.abort();
  });
});
