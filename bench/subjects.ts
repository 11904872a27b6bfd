import { join, resolve } from "node:path";
import { PEERS } from "./peers.ts";

/** A server that can be measured: what to call it and the arguments Node runs it with. */
export interface Subject {
  readonly name: string;
  readonly args: readonly string[];
}

/** The filesystem server of this checkout, as `npx` would start it. */
export const FILESYSTEM_MAIN = resolve(import.meta.dirname, "../servers/filesystem/dist/main.cjs");

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
