import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

const root = join(import.meta.dirname, "../..");

/** A server that is published as an image: `portico/filesystem` is the package `@portico/server-filesystem`. */
export interface Server {
  readonly name: string;
  readonly package: string;
  readonly version: string;
}

/** All servers, by name. */
export const SERVERS: readonly Server[] = globSync("servers/*/package.json", {
  cwd: root,
})
  .sort()
  .map((path) => {
    const manifest = JSON.parse(readFileSync(join(root, path), "utf8"));
    return { name: basename(dirname(path)), package: manifest.name, version: manifest.version };
  });
