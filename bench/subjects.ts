import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { PEERS } from "./peers.ts";

/** A server that can be measured: what to call it and the arguments Node runs it with. */
export interface Subject {
  readonly name: string;
  readonly args: readonly string[];
  /** Variables beside those of the bench. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The filesystem server of this checkout, as `npx` would start it. */
export const FILESYSTEM_MAIN: string = mainOf("filesystem");

export const portico: Subject = { name: "portico", args: [join(PEERS, "portico-echo.cjs")] };
/** A loop without any checks: the bound of what can be reached. */
export const bare: Subject = {
  name: "bare loop",
  args: [resolve(import.meta.dirname, "servers/bare-echo.cjs")],
};
export const sdkV1: Subject = { name: "sdk v1", args: [join(PEERS, "sdk-v1-echo.mjs")] };
export const sdkV2: Subject = { name: "sdk v2", args: [join(PEERS, "sdk-v2-echo.mjs")] };

/** Our filesystem server, allowed to use `dir`. */
export function ourFilesystem(dir: string): Subject {
  return { name: "portico", args: [FILESYSTEM_MAIN, dir] };
}

/** The official filesystem server, allowed to use `dir`. */
export function officialFilesystem(dir: string): Subject {
  const main = "node_modules/@modelcontextprotocol/server-filesystem/dist/index.js";
  return { name: "official", args: [join(PEERS, main), dir] };
}

/** Our memory server on an existing `.jsonl` file, which it takes over, or a database. */
export function ourMemory(file: string): Subject {
  return { name: "portico", args: [mainOf("memory")], env: { MEMORY_FILE_PATH: file } };
}

/** The official memory server on a `.jsonl` file. */
export function officialMemory(file: string): Subject {
  const main = "node_modules/@modelcontextprotocol/server-memory/dist/index.js";
  return { name: "official", args: [join(PEERS, main)], env: { MEMORY_FILE_PATH: file } };
}

/** Our postgres server on one database. */
export function ourPostgres(url: string): Subject {
  return { name: "portico", args: [mainOf("postgres"), url] };
}

/** The archived postgres server on one database. */
export function archivedPostgres(url: string): Subject {
  const main = "node_modules/@modelcontextprotocol/server-postgres/dist/index.js";
  return { name: "archived", args: [join(PEERS, main), url] };
}

const BRAVE = { BRAVE_API_KEY: "none" };

/** Our Brave Search server. */
export const ourBrave: Subject = { name: "portico", args: [mainOf("brave-search")], env: BRAVE };

/** The archived Brave Search server. */
export const archivedBrave: Subject = {
  name: "archived",
  args: [join(PEERS, "node_modules/@modelcontextprotocol/server-brave-search/dist/index.js")],
  env: BRAVE,
};

/** Brave's own server. */
export const officialBrave: Subject = {
  name: "@brave 2.1.4",
  args: [join(PEERS, "node_modules/@brave/brave-search-mcp-server/dist/index.js")],
  env: BRAVE,
};

const GITHUB = { GITHUB_PERSONAL_ACCESS_TOKEN: "none" };

/** Our GitHub server. */
export const ourGitHub: Subject = { name: "portico", args: [mainOf("github")], env: GITHUB };

/** The archived GitHub server. */
export const archivedGitHub: Subject = {
  name: "archived",
  args: [join(PEERS, "node_modules/@modelcontextprotocol/server-github/dist/index.js")],
  env: GITHUB,
};

/** Our Google Drive server. */
export const ourGdrive: Subject = {
  name: "portico",
  args: [mainOf("gdrive")],
  env: { GDRIVE_ACCESS_TOKEN: "none" },
};

/** The archived Google Drive server. It ends without a file of credentials, so `file` is made one. */
export function archivedGdrive(file: string): Subject {
  writeFileSync(file, "{}");
  const main = "node_modules/@modelcontextprotocol/server-gdrive/dist/index.js";
  const env = { GDRIVE_CREDENTIALS_PATH: file };
  return { name: "archived", args: [join(PEERS, main)], env };
}

function mainOf(server: string): string {
  return resolve(import.meta.dirname, `../servers/${server}/dist/main.cjs`);
}
