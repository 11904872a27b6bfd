/**
 * Packs each server, or those named, as a one-click bundle in deploy/listings/bundles. The packages were built before.
 *
 *   pnpm bundles [filesystem] [memory] …
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SERVERS, type Server } from "../containers/servers.ts";
import { bundleManifest } from "./bundle-manifest.ts";
import { LISTINGS } from "./listings.ts";

const here = import.meta.dirname;
const names = process.argv.slice(2);
const chosen = SERVERS.filter(({ name }) => names.length === 0 || names.includes(name));
mkdirSync(join(here, "bundles"), { recursive: true });
for (const server of chosen) pack(server);

function pack(server: Server): void {
  const folder = mkdtempSync(join(tmpdir(), "portico-bundle-"));
  const root = join(folder, server.name);
  const run = (command: string, ...args: readonly string[]) =>
    execFileSync(command, args, { cwd: here, stdio: ["ignore", "ignore", "inherit"] });
  try {
    // Without links, which a ZIP file cannot hold.
    const flat = "--config.node-linker=hoisted";
    run("pnpm", flat, "--filter", server.package, "deploy", "--prod", root);
    // What SQLite is compiled from is of no use to those who get it compiled.
    for (const sources of globSync("node_modules/better-sqlite3/{deps,src}", { cwd: root })) {
      rmSync(join(root, sources), { recursive: true });
    }
    const manifest = bundleManifest(server, LISTINGS[server.name]!);
    writeFileSync(join(root, "manifest.json"), JSON.stringify(manifest, null, 2));
    copyFileSync(join(here, "icons", `${server.name}.png`), join(root, "icon.png"));
    run("mcpb", "validate", root);
    run("mcpb", "pack", root, join(here, "bundles", `portico-${server.name}.mcpb`));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
