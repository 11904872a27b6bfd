/**
 * Builds the images of servers from packages that were built before, all of them unless some are named.
 *
 *   pnpm images [filesystem] [memory] …
 *   pnpm images --push registry.example.com/somebody
 *
 * With --push they are built for x64 and arm64, get that name instead of `portico`, and go there with their provenance and
 * bills of materials. NODE_IMAGE names another base, CONTAINER_TAG another tag than the version and `latest`.
 */
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { findEngine } from "./engine.ts";
import { layOut, OTHER_SYSTEMS, SOURCES } from "./lay-out.ts";
import { SERVERS } from "./servers.ts";

const here = import.meta.dirname;
const { values, positionals: names } = parseArgs({
  options: { push: { type: "string" } },
  allowPositionals: true,
});

const engine = findEngine();
if (!engine) {
  console.error("There is neither a Docker engine nor Podman with Buildah; install one of them.");
  process.exit(1);
}
const [command, ...options] = values.push === undefined ? engine.build : (engine.push ?? []);
if (command === undefined) {
  console.error("Only Docker can push what it builds; install it, or push the images one by one.");
  process.exit(1);
}
const unknown = names.find((name) => !SERVERS.some((server) => server.name === name));
if (unknown !== undefined) {
  const known = SERVERS.map(({ name }) => name).join(", ");
  console.error(`There is no server "${unknown}"; choose from ${known}.`);
  process.exit(2);
}

const version = SERVERS[0]!.version;
const tags = process.env.CONTAINER_TAG ? [process.env.CONTAINER_TAG] : [version, "latest"];
const BASE = build("base", join(here, "base"), join(here, "base/Dockerfile"), {
  VERSION: version,
  REVISION: execFileSync("git", ["rev-parse", "HEAD"], { cwd: here, encoding: "utf8" }).trim(),
  NODE_IMAGE: process.env.NODE_IMAGE,
});
for (const server of SERVERS) {
  if (names.length > 0 && !names.includes(server.name)) continue;
  const context = join(here, "context", server.name);
  rmSync(context, { recursive: true, force: true });
  layOut(server, context, { without: [SOURCES, OTHER_SYSTEMS] });
  build(server.name, context, join(here, "../../servers", server.name, "Dockerfile"), { BASE });
}

/** Returns the name of the image, with the first of its tags. */
function build(
  name: string,
  context: string,
  dockerfile: string,
  args: Readonly<Record<string, string | undefined>>,
): string {
  const images = tags.map((tag) => `${values.push ?? "portico"}/${name}:${tag}`);
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  execFileSync(
    command!,
    [
      ...options,
      ...given.flatMap(([arg, value]) => ["--build-arg", `${arg}=${value}`]),
      ...images.flatMap((image) => ["--tag", image]),
      ...["--file", dockerfile, context],
    ],
    { stdio: ["ignore", "inherit", "inherit"] },
  );
  console.log(images.join(", "));
  return images[0]!;
}
