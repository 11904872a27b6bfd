import { createHash } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { type RunOptions, ServerProcess } from "./server-process.ts";

const folder = mkdtempSync(join(tmpdir(), "portico-runner-http-"));
afterAll(() => rm(folder, { recursive: true }));

async function started(args: readonly string[] = [], options: RunOptions = {}) {
  const server = new ServerProcess(["--transport=http", "--port=0", ...args], options);
  onTestFinished(() => void server.child.kill("SIGKILL"));
  return { server, url: await server.listening() };
}

const _meta = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientCapabilities": {},
};

/** Calls a tool as a client of 2026-07-28 does. */
function callTool(url: string, name: string, headers: Record<string, string> = {}, more = {}) {
  const params = { name, arguments: {}, _meta, ...more };
  return fetch(url, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Accept: "application/json, text/event-stream",
      "MCP-Protocol-Version": "2026-07-28",
      "Mcp-Method": "tools/call",
      "Mcp-Name": name,
      ...headers,
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params }),
  });
}

interface Answer {
  readonly result?: {
    readonly content: readonly { readonly text: string }[];
    readonly requestState?: string;
  };
  readonly error?: { readonly code: number };
}

/** The text a tool answered with. */
async function textOf(response: Response): Promise<string | undefined> {
  return ((await response.json()) as Answer).result?.content[0]?.text;
}

/** The status of a plain request that names another Host. */
function statusAs(host: string, url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const options = { method: "POST", headers: { Host: host } };
    request(url, options, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end("{}");
  });
}

/** Opens a WebSocket; false when the server refuses. */
function opens(url: string): Promise<boolean> {
  const web = new WebSocket(url.replace("http", "ws"), "mcp");
  return new Promise((resolve) => {
    web.onopen = () => {
      web.close();
      resolve(true);
    };
    web.onerror = () => resolve(false);
  });
}

describe("a server started for HTTP", () => {
  it("listens on this machine only and says how a host reaches it", async () => {
    const { server, url } = await started();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/mcp$/);
    expect(await textOf(await callTool(url, "read_note"))).toBe("read_note: nothing yet");
    server.child.kill();
    const { stderr, code } = await server.ended;
    const entry = { mcpServers: { notes: { type: "http", url } } };
    expect(stderr).toContain(`To add it to a host: ${JSON.stringify(entry)}\n`);
    expect(code).toBe(0);
  });

  it("takes WebSockets, and clients of 2024-11-05, beside its endpoint", async () => {
    const { url } = await started(["--path=/v1/notes"]);
    expect(url).toMatch(/\/v1\/notes$/);
    expect(await opens(url)).toBe(true);
    expect(await opens(url.replace("notes", "other"))).toBe(false);
    const events = await fetch(url.replace("notes", "sse"), {
      headers: { Accept: "text/event-stream" },
    });
    expect(events.headers.get("content-type")).toContain("text/event-stream");
    await events.body?.cancel();
  });

  it("offers the selected tools only", async () => {
    const { url } = await started(["--tools=settings"]);
    expect((await callTool(url, "settings")).status).toBe(200);
    const refused = (await (await callTool(url, "read_note")).json()) as Answer;
    expect(refused.error?.code).toBe(-32602);
  });

  it("takes its port from PORT, and its transport from MCP_TRANSPORT", async () => {
    const env = { MCP_TRANSPORT: "http", PORT: "0" };
    const server = new ServerProcess([], { env });
    onTestFinished(() => void server.child.kill("SIGKILL"));
    expect(await server.listening()).toMatch(/:\d+\/mcp$/);
  });

  it("answers other names only when they are allowed", async () => {
    const { url } = await started([
      "--allowed-hosts=notes.example",
      "--allowed-origins=https://a.b",
    ]);
    expect(await statusAs("evil.example", url)).toBe(403);
    expect(await statusAs("notes.example", url)).not.toBe(403);
    const from = (Origin: string) => callTool(url, "read_note", { Origin });
    expect((await from("https://evil.example")).status).toBe(403);
    expect((await from("https://a.b")).status).toBe(200);
  });

  it("wants a token of the file, and knows whose it is", async () => {
    const tokens = join(folder, "tokens");
    writeFileSync(tokens, `${createHash("sha256").update("hunter2").digest("hex")} ada\n`);
    const { server, url } = await started(["--auth-tokens", tokens]);
    expect((await callTool(url, "read_note")).status).toBe(401);
    expect((await callTool(url, "read_note", { Authorization: "Bearer nope" })).status).toBe(401);
    expect((await callTool(url, "read_note", { Authorization: "Bearer hunter2" })).status).toBe(
      200,
    );
    expect(await opens(url)).toBe(false);
    server.child.kill();
    expect((await server.ended).stderr).toContain('"headers":{"Authorization":"Bearer TOKEN"}');
  });

  it("warns when everybody on the network may use it", async () => {
    const { server, url } = await started(["--host=0.0.0.0", "--allow-unauthenticated"]);
    await server.logged("give its name in --allowed-hosts");
    expect(url).toContain("//localhost:");
    server.child.kill();
    const { stderr } = await server.ended;
    expect(stderr).toMatch(/warning Whoever reaches 0\.0\.0\.0 port \d+ may use this server\./);
  });

  it("shows Prometheus what was called, at a port that clients do not have", async () => {
    const { server, url } = await started(["--metrics-port=0"]);
    const metrics = await server.addressAfter("Metrics are at");
    expect(new URL(metrics).port).not.toBe(new URL(url).port);
    await callTool(url, "read_note");
    const page = await (await fetch(metrics)).text();
    expect(page).toMatch(/mcp_server_calls_total\{method="tools\/call",name="\w+",status="ok"\} 1/);
    expect(page).toMatch(/mcp_server_received_bytes_total [1-9]/);
    expect((await fetch(new URL("/mcp", metrics))).status).toBe(404);
    expect((await fetch(new URL("/metrics", url))).status).toBe(404);
  });

  it("counts an open WebSocket as a session, and not as a stream", async () => {
    const { server, url } = await started(["--metrics-port=0"]);
    const metrics = await server.addressAfter("Metrics are at");
    const page = async () => (await fetch(metrics)).text();
    const web = new WebSocket(url.replace("http", "ws"), "mcp");
    await new Promise((resolve) => web.addEventListener("open", resolve));
    const open = await page();
    expect(open).toContain("\nmcp_server_sessions 1\n");
    expect(open).toContain("\nmcp_server_streams 0\n");
    web.close();
    await expect.poll(page).toContain("\nmcp_server_sessions 0\n");
  });

  it("goes on with what another copy of it began, when both have one state key", async () => {
    const asking = {
      ..._meta,
      "io.modelcontextprotocol/clientCapabilities": { elicitation: { form: {} } },
    };
    const key = join(folder, "state-key");
    writeFileSync(key, `${"5eed".repeat(16)}\n`);
    const main = fileURLToPath(new URL("./fixtures/asking.ts", import.meta.url));
    const [first, second, stranger] = await Promise.all([
      started(["--state-key", key], { main }),
      started(["--state-key", key], { main }),
      started([], { main }),
    ]);
    const asked = await callTool(first.url, "forget", {}, { _meta: asking });
    const { requestState } = ((await asked.json()) as Answer).result ?? {};
    const inputResponses = { sure: { action: "accept", content: {} } };
    const answered = { _meta: asking, requestState, inputResponses };
    const done = await callTool(second.url, "forget", {}, answered);
    expect(await textOf(done)).toBe("accept");
    const refused = await callTool(stranger.url, "forget", {}, answered);
    expect((await refused.json()) as Answer).toHaveProperty("error");
  });

  it("says which port is taken", async () => {
    const { url } = await started();
    const measuring = new ServerProcess([
      "--transport=http",
      "--port=0",
      `--metrics-port=${new URL(url).port}`,
    ]);
    expect((await measuring.ended).stderr).toContain("--metrics-port=0");
    const { port } = new URL(url);
    const second = new ServerProcess(["--transport=http", `--port=${port}`]);
    const { code, stderr } = await second.ended;
    expect(code).toBe(2);
    expect(stderr).toContain(`Cannot listen on 127.0.0.1 port ${port}`);
    expect(stderr).toContain("portico-notes --transport=http --port=0");
  });

  it("tells an orchestrator that it lives and is ready, whatever name it is called by", async () => {
    const { url } = await started();
    for (const path of ["/healthz", "/readyz", "/healthz?probe=1", "/readyz?verbose"]) {
      expect((await fetch(new URL(path, url))).status).toBe(200);
    }
    const health = new URL("/healthz", url).href;
    const status = await new Promise((resolve) => {
      request(health, { headers: { Host: "10.0.0.7" } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end();
    });
    expect(status).toBe(200);
  });

  it("lets a running call finish on SIGTERM, takes no new one, and exits with 0", async () => {
    const { server, url } = await started();
    const running = callTool(url, "linger");
    await server.logged("A call lingers.");
    server.child.kill("SIGTERM");
    await server.logged("Told to stop.");
    expect((await fetch(new URL("/readyz", url))).status).toBe(503);
    expect((await callTool(url, "read_note")).status).toBe(503);
    expect(await opens(url)).toBe(false);
    server.child.kill("SIGUSR2");
    expect(await textOf(await running)).toBe("finished");
    const { code, stderr } = await server.ended;
    expect(code).toBe(0);
    expect(stderr).toContain("Notes are closed.");
    expect(stderr).not.toContain("did not close in time");
  });

  it("exits at once on a second signal, whatever runs", async () => {
    const { server, url } = await started();
    callTool(url, "linger").catch(() => undefined);
    await server.logged("A call lingers.");
    server.child.kill("SIGTERM");
    await server.logged("Told to stop.");
    server.child.kill("SIGTERM");
    expect((await server.ended).code).toBe(143);
  });
});
