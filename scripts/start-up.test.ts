import { spawn } from "node:child_process";
import { once } from "node:events";
import { globSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { rawClient } from "./raw-client.ts";

interface Loaded {
  readonly files: readonly string[];
  readonly builtins: readonly string[];
}

/** Parts of Node that cost milliseconds to load and that no server needs before it has a call to answer. */
const HEAVY = [
  "child_process",
  "crypto",
  "internal/crypto/webcrypto",
  "http",
  "https",
  "tls",
  "worker_threads",
  "zlib",
];

/** The probe, and a few lines rolldown puts beside some servers and into others. */
const OURS = new Set(["probe.cjs", "rolldown-runtime.cjs"]);

const root = resolve(import.meta.dirname, "..");
const probe = join(import.meta.dirname, "start-up/probe.cjs");

describe.each(globSync("servers/*/package.json", { cwd: root }))("the server of %s", (manifest) => {
  const main = join(root, manifest, "../dist/main.cjs");
  let dir: string;
  let report: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "portico-start-up-"));
    report = join(dir, "loaded.json");
  });

  afterEach(() => rm(dir, { recursive: true, force: true }));

  const filesOf = ({ files }: Loaded) =>
    files.map((file) => basename(file)).filter((file) => !OURS.has(file));
  const read = (): Loaded => JSON.parse(readFileSync(report, "utf8"));

  test("lists its tools having loaded nothing but the guard and itself", async () => {
    await listOverStdio(main, report);
    const loaded = read();
    const ours =
      "Import what only a call needs with await import(), in the function that needs it.";
    expect(filesOf(loaded), ours).toEqual(["main.cjs", "server.cjs"]);
    const nodes = 'Import these with await import("node:…"), in the function that needs them.';
    expect(heavyOf(loaded), nodes).toEqual([]);
  });

  test("lists its tools over HTTP having loaded HTTP besides", async () => {
    // Over HTTP it wants to be told which folder.
    await listOverHttp(main, report, manifest.includes("filesystem") ? [dir] : []);
    const loaded = read();
    expect(filesOf(loaded)).toEqual(["main.cjs", "server.cjs", "http.cjs", "host-entry.cjs"]);
    // To listen, Node looks whether it is the worker of a cluster, and so loads what starts processes.
    expect(heavyOf(loaded)).toEqual(["http", "child_process"]);
  });
});

function heavyOf({ builtins }: Loaded): string[] {
  return builtins.filter((name) => HEAVY.includes(name));
}

async function listOverStdio(main: string, report: string): Promise<void> {
  const env = { ...process.env, PORTICO_PROBE_REPORT: report };
  const client = rawClient(process.execPath, ["--require", probe, main], { env });
  await client.initialize();
  await client.request("tools/list");
  await client.close();
}

async function listOverHttp(main: string, report: string, own: string[]): Promise<void> {
  const env = { ...process.env, PORTICO_PROBE_REPORT: report };
  const args = ["--require", probe, main, ...own, "--transport", "http", "--port", "0"];
  const server = spawn(process.execPath, args, { env, stdio: ["ignore", "ignore", "pipe"] });
  const exited = once(server, "close");
  try {
    const url = await announcedUrl(createInterface(server.stderr));
    const clientInfo = { name: "start-up", version: "1.0.0" };
    const opening = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo };
    const opened = await post(url, { id: 1, method: "initialize", params: opening });
    const session = opened.headers.get("mcp-session-id") as string;
    await post(url, { id: 2, method: "tools/list" }, { "mcp-session-id": session });
  } finally {
    server.kill("SIGTERM");
    await exited;
  }
}

async function announcedUrl(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) {
    const url = /http:\/\/\S+\/mcp/.exec(line)?.[0];
    if (url !== undefined) return url;
  }
  throw new Error("the server ended before it listened");
}

async function post(url: string, message: object, headers: object = {}): Promise<Response> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      accept: "application/json, text/event-stream",
      "content-type": "application/json",
      ...headers,
    },
    body: JSON.stringify({ jsonrpc: "2.0", ...message }),
  });
  expect(response.status).toBe(200);
  await response.text();
  return response;
}
