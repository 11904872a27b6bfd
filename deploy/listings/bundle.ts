/**
 * Packs each server, or those named, as a one-click bundle in deploy/listings/bundles. The packages were built before.
 *
 *   pnpm bundles [filesystem] [memory] …
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { layOut, SOURCES } from "../containers/lay-out.ts";
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
    layOut(server, root, { isFlat: true, without: [SOURCES] });
    const manifest = bundleManifest(server, LISTINGS[server.name]!);
    writeFileSync(join(root, "manifest.json"), JSON.stringify(manifest, null, 2));
    copyFileSync(join(here, "icons", `${server.name}.png`), join(root, "icon.png"));
    run("mcpb", "validate", root);
    run("mcpb", "pack", root, join(here, "bundles", `portico-${server.name}.mcpb`));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
