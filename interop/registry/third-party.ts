import { execFile } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/**
 * Publishes what a package depends on, and what that depends on, from the checkout's own installation: the versions of
 * the lockfile, without a network.
 *
 * @param env says which registry, and how to sign in there
 */
export async function publishDependencies(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  const found = new Map<string, string>();
  collect(folder, found);
  for (const installed of found.values()) {
    await run("npm", ["publish", installed, "--ignore-scripts", "--tag", "latest"], { env });
  }
}

/** The installed folder of each dependency by its name. */
function collect(folder: string, found: Map<string, string>): void {
  const { dependencies = {} } = manifestOf(folder);
  for (const name of Object.keys(dependencies)) {
    if (found.has(name)) continue;
    const installed = installedFolder(folder, name);
    found.set(name, installed);
    collect(installed, found);
  }
}

function installedFolder(from: string, name: string): string {
  // What Node looks at; a package's exports may hide its manifest from require.resolve.
  const places = createRequire(join(from, "package.json")).resolve.paths(name) ?? [];
  const place = places.find((path) => existsSync(join(path, name, "package.json")));
  if (!place) throw new Error(`${name} is not installed; run pnpm install.`);
  return realpathSync(join(place, name));
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}
