import { execFile } from "node:child_process";
import { globSync, statSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { SERVERS, type Server } from "../deploy/containers/servers.ts";
import { LISTINGS } from "../deploy/listings/listings.ts";
import { type Registry, startRegistry } from "./registry/registry.ts";
import { publishDependencies } from "./registry/third-party.ts";

const run = promisify(execFile);
const repository = resolve(import.meta.dirname, "..");

/** Settings whose form is checked when a server starts; any word will do for the others. */
const SETTINGS: Readonly<Record<string, string>> = {
  DATABASE_URL: "postgres://ada@127.0.0.1:1/x",
};

/** A first call that needs what the server's package brings along, and what its answer says. */
const CALLS: Readonly<Record<string, readonly [tool: string, args: object, says: string]>> = {
  filesystem: ["list_allowed_directories", {}, "portico-npx-"],
  memory: ["read_graph", {}, "entities"],
  postgres: ["query", { sql: "DELETE FROM harbours" }, "this call only reads"],
};

// npx is a .cmd file on Windows, which is started another way.
describe.skipIf(process.platform === "win32")("once everything is published", () => {
  let dir: string;
  let registry: Registry;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "portico-npx-"));
    registry = await startRegistry(dir);
    await writeFile(join(dir, "npmrc"), `${registry.url.slice("http:".length)}:_authToken=any\n`);
    const env = environment("publishing");
    for (const { name } of SERVERS) {
      await publishDependencies(join(repository, "servers", name), env);
    }
    const [command = "", ...args] = await publishCommand();
    const loopback = ["--registry", registry.url, "--no-git-checks"];
    await run(command, [...args, ...loopback], { cwd: repository, env });
  }, 180_000);

  afterAll(async () => {
    await registry?.close();
    await rm(dir, { recursive: true, force: true });
  });

  /** npm settings of one test alone: an empty cache, and none of the variables pnpm sets for its scripts. */
  function environment(name: string): Record<string, string> {
    const inherited = Object.entries(process.env).filter(([key]) => !/^(npm|pnpm)_/i.test(key));
    return {
      ...(Object.fromEntries(inherited) as Record<string, string>),
      HOME: join(dir, name),
      npm_config_cache: join(dir, name, "cache"),
      npm_config_userconfig: join(dir, "npmrc"),
      npm_config_registry: registry.url,
      npm_config_update_notifier: "false",
    };
  }

  /** The official client, at a server that npx starts in an empty folder. */
  async function open({ name, package: identifier }: Server): Promise<Client> {
    const { folders, settings } = LISTINGS[name]!;
    const cwd = join(dir, name, "empty");
    await mkdir(cwd, { recursive: true });
    const variables = settings.map(({ variable }) => [variable, SETTINGS[variable] ?? "any"]);
    const client = new Client({ name: "npx", version: "1.0.0" });
    await client.connect(
      new StdioClientTransport({
        command: "npx",
        args: ["-y", identifier, ...(folders ? [cwd] : [])],
        cwd,
        env: { ...environment(name), ...Object.fromEntries(variables) },
        stderr: "ignore",
      }),
    );
    onTestFinished(() => client.close());
    return client;
  }

  test.each(SERVERS)(
    "npx $package serves from an empty folder",
    { timeout: 60_000 },
    async (server) => {
      const client = await open(server);
      expect(client.getServerVersion()?.version).toBe(server.version);
      const { tools } = await client.listTools();
      expect(tools.length).toBeGreaterThan(0);
      const [tool, args, says] = CALLS[server.name] ?? [];
      if (tool === undefined) return;
      const result = await client.callTool({ name: tool, arguments: { ...args } });
      expect(JSON.stringify(result.content)).toContain(says);
    },
  );

  test.each(SERVERS)("$package brings only what it names, in at most 4 MB", async (server) => {
    await open(server);
    const [modules = ""] = globSync(join(dir, server.name, "cache/_npx/*/node_modules"));
    const lock = JSON.parse(await readFile(join(modules, ".package-lock.json"), "utf8"));
    const source = join(repository, "servers", server.name, "package.json");
    const { dependencies = {} } = JSON.parse(await readFile(source, "utf8"));
    const { dependencies: published = {} } = lock.packages[`node_modules/${server.package}`];
    expect(published).toEqual(dependencies);
    const ours = Object.keys(lock.packages).filter((path) => path.includes("@portico/"));
    expect(ours).toEqual([`node_modules/${server.package}`]);
    const files = globSync(`${ours[0]}/**/*`, { cwd: join(modules, "..") });
    const sizes = files.map((file) => statSync(join(modules, "..", file)));
    const bytes = sizes.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
    expect(bytes).toBeLessThanOrEqual(4_000_000);
  });
});

/** The last step of `pnpm release`; the steps before it have been done when tests run. */
async function publishCommand(): Promise<string[]> {
  const { scripts } = JSON.parse(await readFile(join(repository, "package.json"), "utf8"));
  return scripts.release.split(" && ").at(-1).split(" ");
}
