import { execFile } from "node:child_process";
import { globSync, readFileSync, statSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type InitializeAnswer, type RawClient, rawClient } from "../scripts/raw-client.ts";
import { type Registry, startRegistry } from "./registry/registry.ts";

const run = promisify(execFile);
const repository = resolve(import.meta.dirname, "..");

/** npm settings of the test alone: an empty cache, and none of the variables pnpm sets for its scripts. */
function environment(dir: string, registry: Registry): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(npm|pnpm)_/i.test(name));
  return {
    ...Object.fromEntries(inherited),
    npm_config_cache: join(dir, "cache"),
    npm_config_userconfig: join(dir, "npmrc"),
    npm_config_registry: registry.url,
    npm_config_update_notifier: "false",
  };
}

// npx is a .cmd file on Windows, which is started another way.
describe.skipIf(process.platform === "win32")("the published packages", () => {
  let dir: string;
  let registry: Registry;
  let client: RawClient;
  let folder: string;
  let opened: InitializeAnswer;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "portico-npx-"));
    folder = join(dir, "allowed");
    await mkdir(folder);
    await mkdir(join(dir, "empty"));
    await writeFile(join(folder, "note.txt"), "found through npx\n");
    registry = await startRegistry(dir);
    await writeFile(join(dir, "npmrc"), `${registry.url.slice("http:".length)}:_authToken=any\n`);
    const env = environment(dir, registry);
    const publish = ["publish", "-r", "--no-git-checks", "--access", "public"];
    await run("pnpm", [...publish, "--registry", registry.url], { cwd: repository, env });
    client = rawClient("npx", ["-y", "@portico/server-filesystem", folder], {
      cwd: join(dir, "empty"),
      env,
    });
    opened = await client.initialize();
  });

  afterAll(async () => {
    await client?.close();
    await registry?.close();
    await rm(dir, { recursive: true, force: true });
  });

  test("serve files when run with npx from an empty folder", async () => {
    const manifest = readFileSync(join(repository, "servers/filesystem/package.json"), "utf8");
    expect(opened.serverInfo.version).toBe(JSON.parse(manifest).version);

    const { tools } = await client.request<{ tools: { name: string }[] }>("tools/list");
    expect(tools.map(({ name }) => name)).toContain("read_text_file");

    const result = await client.request<{ content: { text: string }[] }>("tools/call", {
      name: "read_text_file",
      arguments: { path: join(folder, "note.txt") },
    });
    expect(result.content[0]?.text).toContain("found through npx");
  });

  test("come as one package of at most 2 MB", () => {
    const [modules = ""] = globSync(join(dir, "cache/_npx/*/node_modules"));
    const lock = JSON.parse(readFileSync(join(modules, ".package-lock.json"), "utf8"));
    expect(Object.keys(lock.packages)).toEqual(["node_modules/@portico/server-filesystem"]);

    const files = globSync("@portico/**/*", { cwd: modules }).map((file) =>
      statSync(join(modules, file)),
    );
    const bytes = files.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
    expect(bytes).toBeLessThanOrEqual(2_000_000);
  });
});
