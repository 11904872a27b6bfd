import { globSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";

/** A server that is published as an image: `portico/filesystem` is the package `@portico/server-filesystem`. */
export interface Server {
  readonly name: string;
  readonly package: string;
  readonly version: string;
}

/** All servers, by name. */
export const SERVERS: readonly Server[] = globSync("servers/*/package.json", {
  cwd: `${import.meta.dirname}/..`,
})
  .sort()
  .map((path) => {
    const manifest = JSON.parse(readFileSync(`${import.meta.dirname}/../${path}`, "utf8"));
    return { name: basename(dirname(path)), package: manifest.name, version: manifest.version };
  });
