/**
 * Builds the images of servers from packages that were built before, all of them unless some are named.
 *
 *   pnpm images [filesystem] [memory] …
 *
 * NODE_IMAGE names another base, CONTAINER_TAG another tag than the version and `latest`.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Engine, findEngine } from "./engine.ts";
import { SERVERS, type Server } from "./servers.ts";

const here = import.meta.dirname;
const context = join(here, "context");

const engine = findEngine();
if (!engine) {
  console.error("There is neither a Docker engine nor Podman with Buildah; install one of them.");
  process.exit(1);
}
const names = process.argv.slice(2);
const unknown = names.find((name) => !SERVERS.some((server) => server.name === name));
if (unknown !== undefined) {
  const known = SERVERS.map(({ name }) => name).join(", ");
  console.error(`There is no server "${unknown}"; choose from ${known}.`);
  process.exit(2);
}
const chosen = SERVERS.filter(({ name }) => names.length === 0 || names.includes(name));
layOut(chosen);
for (const server of chosen) build(engine, server);

/** Each server with the dependencies that are not bundled, as its package would be installed. */
function layOut(servers: readonly Server[]): void {
  rmSync(context, { recursive: true, force: true });
  mkdirSync(join(context, "empty"), { recursive: true });
  copyFileSync(join(here, "healthcheck.cjs"), join(context, "healthcheck.cjs"));
  for (const server of servers) {
    const args = ["--filter", server.package, "deploy", "--prod", join(context, server.name)];
    execFileSync("pnpm", args, { cwd: here, stdio: ["ignore", "ignore", "inherit"] });
  }
}

function build({ build: [command, ...options] }: Engine, { name, version }: Server): void {
  const tags = process.env.CONTAINER_TAG ? [process.env.CONTAINER_TAG] : [version, "latest"];
  const args = { VERSION: version, REVISION: revision(), NODE_IMAGE: process.env.NODE_IMAGE };
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  execFileSync(
    command,
    [
      ...options,
      ...given.flatMap(([arg, value]) => ["--build-arg", `${arg}=${value}`]),
      ...tags.flatMap((tag) => ["--tag", `portico/${name}:${tag}`]),
      ...["--target", name, "--file", join(here, "Dockerfile"), context],
    ],
    { stdio: ["ignore", "inherit", "inherit"] },
  );
  console.log(`portico/${name}:${tags.join(", ")}`);
}

function revision(): string {
  return execFileSync("git", ["rev-parse", "HEAD"], { cwd: here, encoding: "utf8" }).trim();
}
