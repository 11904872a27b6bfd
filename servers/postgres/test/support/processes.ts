import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Client } from "@portico/core";
import {
  type Listening,
  listen as listenOn,
  type ProgramOptions,
  startStdio,
} from "@portico/testing-servers";

export type { Listening };

/** The server as it is published. */
export const binary: string = join(import.meta.dirname, "../../dist/main.cjs");

/** A client of the published binary over stdio. Close it. */
export function openBinary(args: readonly string[], options: ProgramOptions = {}): Promise<Client> {
  return startStdio([binary, ...args], options);
}

/** A client of the archived server over stdio. Close it. */
export function openArchived(args: readonly string[]): Promise<Client> {
  const manifest = createRequire(import.meta.url).resolve(
    "@modelcontextprotocol/server-postgres/package.json",
  );
  return startStdio([join(dirname(manifest), "dist/index.js"), ...args], { era: "legacy" });
}

/** Starts the published binary over HTTP and waits until it listens. */
export function listen(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Listening> {
  return listenOn([binary, ...args], env);
}
