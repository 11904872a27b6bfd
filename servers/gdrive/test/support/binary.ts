import path from "node:path";
import type { Client } from "@portico/core";
import { openStdio, type ProgramOptions } from "@portico/testing-servers";

/** The server as it is published. */
export const binary: string = path.join(import.meta.dirname, "../../dist/main.cjs");

/** A client of the published binary over stdio, for one test. */
export function openBinary(
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
  options: ProgramOptions = {},
): Promise<Client> {
  return openStdio([binary, ...args], { ...options, env });
}

/** Variables that lead the server to a fake of Google, as somebody who is signed in there. */
export function signedIn(url: string): Readonly<Record<string, string>> {
  return { GDRIVE_ACCESS_TOKEN: "good", GDRIVE_API_URL: url };
}
