import { globSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rawClient } from "./raw-client.ts";

interface Loaded {
  readonly files: readonly string[];
  readonly builtins: readonly string[];
}

/** Parts of Node that cost milliseconds to load and that no server needs before it has a call to answer. */
const HEAVY = ["child_process", "crypto", "http", "https", "tls", "worker_threads", "zlib"];

/** The probe, and a few lines rolldown puts beside some servers and into others. */
const OURS = new Set(["probe.cjs", "rolldown-runtime.cjs"]);

const root = resolve(import.meta.dirname, "..");
const probe = join(import.meta.dirname, "start-up/probe.cjs");

describe.each(globSync("servers/*/package.json", { cwd: root }))("the server of %s", (manifest) => {
  let dir: string;
  let loaded: Loaded;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "portico-start-up-"));
    const report = join(dir, "loaded.json");
    const main = join(root, manifest, "../dist/main.cjs");
    const env = { ...process.env, PORTICO_PROBE_REPORT: report };
    const client = rawClient(process.execPath, ["--require", probe, main], { env });
    await client.initialize();
    await client.request("tools/list");
    await client.close();
    loaded = JSON.parse(readFileSync(report, "utf8"));
  });

  afterAll(() => rm(dir, { recursive: true, force: true }));

  test("lists its tools having loaded nothing but the guard and itself", () => {
    const files = loaded.files.map((file) => basename(file)).filter((file) => !OURS.has(file));
    const remedy =
      "Import what only a call needs with await import(), in the function that needs it.";
    expect(files, remedy).toEqual(["main.cjs", "server.cjs"]);
  });

  test("lists its tools without the heavy parts of Node", () => {
    const heavy = loaded.builtins.filter((name) => HEAVY.includes(name));
    const remedy = 'Import these with await import("node:…"), in the function that needs them.';
    expect(heavy, remedy).toEqual([]);
  });
});
