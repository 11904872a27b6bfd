import { expect, onTestFinished, test } from "vitest";
import { defineServer, tool } from "../../src/index.ts";
import { metrics } from "../../src/middleware/metrics.ts";
import { rateLimit } from "../../src/middleware/rate-limit.ts";
import { serveHttp } from "../../src/node.ts";

const server = defineServer({
  name: "test",
  version: "1.0.0",
  tools: [tool({ name: "echo", description: "Echoes.", run: () => "x" })],
});

/** The server over HTTP, with its metrics on the same port. */
async function measured() {
  const { middleware, route, watch } = metrics();
  const limit = rateLimit({ tools: { echo: { calls: 1, seconds: 60 } } });
  const serving = await serveHttp(server, { middleware: [middleware, limit], routes: [route] });
  watch(() => serving.counts);
  onTestFinished(() => serving.close());
  return serving.url;
}

async function post(url: string, method: string, params: object, headers = {}): Promise<Response> {
  const accept = "application/json, text/event-stream";
  return fetch(url, {
    method: "POST",
    headers: { accept, "content-type": "application/json", ...headers },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  });
}

test("metrics are served beside MCP, with what the HTTP server has open and carried", async () => {
  const url = await measured();
  await post(url, "initialize", {
    protocolVersion: "2025-11-25",
    capabilities: {},
    clientInfo: { name: "test", version: "1.0.0" },
  });
  const answer = await fetch(new URL("/metrics", url));
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toContain("version=0.0.4");
  const text = await answer.text();
  expect(text).toContain("\nmcp_server_sessions 1\n");
  expect(text).toContain("\nmcp_server_streams 0\n");
  expect(carried(text, "received")).toBeGreaterThan(100);
  expect(carried(text, "sent")).toBeGreaterThan(100);
});

test("what was carried stays counted when its connection is gone", async () => {
  const { route, watch } = metrics();
  const serving = await serveHttp(server, { routes: [route] });
  onTestFinished(() => serving.close());
  watch(() => serving.counts);
  const page = async () => (await fetch(new URL("/metrics", serving.url))).text();
  const before = carried(await page(), "sent");
  serving.server.closeAllConnections();
  expect(carried(await page(), "sent")).toBeGreaterThan(before);
});

function carried(text: string, way: "received" | "sent"): number {
  return Number(new RegExp(`^mcp_server_${way}_bytes_total (\\d+)$`, "m").exec(text)?.[1]);
}

test("a call over its limit is an answer that says when to come back", async () => {
  const url = await measured();
  const call = () => {
    const revision = "2026-07-28";
    const _meta = {
      "io.modelcontextprotocol/protocolVersion": revision,
      "io.modelcontextprotocol/clientCapabilities": {},
    };
    const headers = {
      "mcp-protocol-version": revision,
      "mcp-method": "tools/call",
      "mcp-name": "echo",
    };
    return post(url, "tools/call", { name: "echo", arguments: {}, _meta }, headers);
  };
  expect(await (await call()).json()).toHaveProperty("result");
  const refused = await call();
  expect(refused.status).toBe(200);
  expect(await refused.json()).toMatchObject({
    error: { code: 429, data: { retryAfterSeconds: 60 } },
  });
});
