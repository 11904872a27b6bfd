import { execFileSync } from "node:child_process";
import { globSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Server } from "./servers.ts";

/** What native code was compiled from. */
export const SOURCES = "better-sqlite3/{deps,src}";

/** Native code for systems that no image is for. */
export const OTHER_SYSTEMS = "better-sqlite3/prebuilds/{darwin,win32}-*";

/** How a server is laid out. */
interface Layout {
  /** Without links, which a ZIP file cannot hold. */
  readonly isFlat?: boolean;
  /** What is left out of its `node_modules`, as patterns. */
  readonly without: readonly string[];
}

/** Lays a server out in a new folder, with the dependencies that are not bundled, as its package would be installed. */
export function layOut(server: Server, folder: string, { isFlat = false, without }: Layout): void {
  const linker = isFlat ? ["--config.node-linker=hoisted"] : [];
  const args = [...linker, "--filter", server.package, "deploy", "--prod", folder];
  execFileSync("pnpm", args, { cwd: import.meta.dirname, stdio: ["ignore", "ignore", "inherit"] });
  const modules = join(folder, "node_modules");
  for (const path of globSync([...without], { cwd: modules })) {
    rmSync(join(modules, path), { recursive: true });
  }
}
