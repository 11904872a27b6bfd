import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openStdio, scratch } from "@portico/testing-servers";
import { describe, expect, test } from "vitest";
import { SERVERS } from "../containers/servers.ts";
import { LISTINGS } from "../listings/listings.ts";
import { registryEntry, registryName } from "../listings/registry-entry.ts";

const deploy = join(import.meta.dirname, "..");

interface Manifest {
  readonly server: {
    readonly mcp_config: {
      readonly args: readonly string[];
      readonly env: Readonly<Record<string, string>>;
    };
  };
}

/** What a host puts into a manifest once its user has answered. */
function filledIn(text: string, root: string): string {
  const answers: Readonly<Record<string, string>> = {
    folders: root,
    database_url: "postgres://ada@127.0.0.1:1/x",
  };
  return text.replace(/\$\{(?:user_config\.)?(\w+)\}/g, (_, name) => {
    return name === "__dirname" ? root : (answers[name] ?? "x");
  });
}

describe.each(SERVERS)("the listing of $name", (server) => {
  const listing = LISTINGS[server.name]!;
  const folder = join(deploy, "../servers", server.name);

  test("is what its server.json says, which its package confirms", () => {
    const entry = JSON.parse(readFileSync(join(folder, "server.json"), "utf8"));
    const written = "run node deploy/listings/write-entries.ts";
    expect(entry, written).toEqual(registryEntry(server, listing));
    const { mcpName } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    expect(mcpName).toBe(registryName(server));
    expect(listing.description.length).toBeLessThanOrEqual(100);
  });

  test("asks only for variables the server knows", () => {
    const help = execFileSync(process.execPath, [join(folder, "dist/main.cjs"), "--help"], {
      encoding: "utf8",
    });
    for (const { variable } of listing.settings) expect(help).toContain(variable);
  });

  test("is packed into a bundle that starts as its manifest says", {
    timeout: 60_000,
  }, async () => {
    const dir = scratch();
    const file = join(deploy, `listings/bundles/portico-${server.name}.mcpb`);
    execFileSync(process.execPath, [join(deploy, "listings/bundle.ts"), server.name], {
      cwd: deploy,
      env: { ...process.env, PATH: `${join(deploy, "node_modules/.bin")}:${process.env.PATH}` },
    });
    execFileSync(join(deploy, "node_modules/.bin/mcpb"), ["unpack", file, dir]);
    const manifest: Manifest = JSON.parse(readFileSync(join(dir, "manifest.json"), "utf8"));
    const { args, env } = manifest.server.mcp_config;
    const client = await openStdio(
      args.map((arg) => filledIn(arg, dir)),
      {
        env: {
          HOME: dir,
          ...Object.fromEntries(
            Object.entries(env).map(([name, value]) => [name, filledIn(value, dir)]),
          ),
        },
      },
    );
    expect((await client.listTools()).length).toBeGreaterThan(0);
  });
});
