import { statSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { ConfigError } from "@portico/runner";
import { dataFolder, type Machine, thisMachine } from "./data-folder.ts";

/** Where graphs are kept. */
export type Place = (
  | { readonly kind: "postgres"; readonly url: string }
  | { readonly kind: "sqlite"; readonly path: string }
) & {
  /** A file of the official server whose graph goes into the database when that is new. */
  readonly takeOver?: string;
};

/** What the operator said of it. */
export interface PlaceOptions {
  readonly file?: string | undefined;
  readonly "database-url"?: string | undefined;
}

const DATABASE = new Set([".db", ".sqlite", ".sqlite3"]);

/**
 * Decides where graphs are kept, without touching them.
 * @throws {ConfigError} when what the operator said cannot be
 */
export function placeOf(options: PlaceOptions, machine: Machine = thisMachine()): Place {
  const { file, "database-url": url } = options;
  if (file === undefined && url === undefined) {
    return { kind: "sqlite", path: join(dataFolder(machine), "portico", "memory.db") };
  }
  if (file === undefined) return { kind: "postgres", url: postgresUrl(url as string) };
  const place = placeOfFile(file, machine);
  if (url === undefined) return place;
  if (place.takeOver === undefined) {
    throw new ConfigError("A memory is kept in a file or in PostgreSQL, not in both; give one.", {
      setting: "file",
      insteadOf: file,
    });
  }
  return { kind: "postgres", url: postgresUrl(url), takeOver: place.takeOver };
}

/** An absolute path; `~` is the user's home. */
export function inHome(path: string, { home }: Machine = thisMachine()): string {
  return resolve(path.replace(/^~(?=$|[\\/])/, home));
}

function placeOfFile(file: string, machine: Machine): Place {
  const path = inHome(file, machine);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new ConfigError(`"${file}" is a directory; name a file in it.`, {
      setting: "file",
      insteadOf: file,
      value: join(file, "memory.db"),
    });
  }
  const extension = extname(path);
  if (DATABASE.has(extension.toLowerCase())) return { kind: "sqlite", path };
  const stem = extension === "" ? path : path.slice(0, -extension.length);
  return { kind: "sqlite", path: `${stem}.db`, takeOver: path };
}

function postgresUrl(url: string): string {
  const { protocol } = URL.canParse(url) ? new URL(url) : { protocol: "" };
  if (protocol === "postgres:" || protocol === "postgresql:") return url;
  // The value may hold a password: it is not repeated.
  throw new ConfigError("--database-url must be a URL of PostgreSQL.", {
    setting: "database-url",
    value: "postgres://user@host:5432/database",
  });
}
