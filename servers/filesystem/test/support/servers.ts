import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Client, ServerDefinition } from "@portico/core";
import type { TestConnectOptions } from "@portico/core/testing";
import { clientOf, type ProgramOptions, startStdio } from "@portico/testing-servers";
import { onTestFinished } from "vitest";
import { createAccess } from "../../src/access.ts";
import { createSandbox, parseDirectory } from "../../src/sandbox/index.ts";
import { filesystem } from "../../src/server.ts";

/** The server as it is published. */
export const binary: string = join(import.meta.dirname, "../../dist/main.cjs");

/** What the operator may decide. */
export interface Operator {
  readonly allowClientRoots?: boolean;
  readonly yes?: boolean;
}

/** The definition on some directories, as the command line writes them. */
export async function serverOn(
  directories: readonly string[],
  { allowClientRoots = false, yes = false }: Operator = {},
): Promise<ServerDefinition> {
  const sandbox = await createSandbox(directories.map(parseDirectory));
  const access = createAccess(sandbox, { allowClientRoots });
  return filesystem({ access, deleteUnasked: yes });
}

/** A client of the server on some directories, in this process, for one test; `reachOver` says how. */
export async function clientOn(
  directories: readonly string[],
  { allowClientRoots = false, yes = false, ...options }: TestConnectOptions & Operator = {},
): Promise<Client> {
  const server = await serverOn(directories, { allowClientRoots, yes });
  onTestFinished(() => server.close());
  return clientOf(server, options);
}

/** A client of the published binary over stdio. Close it. */
export function openBinary(args: readonly string[], options: ProgramOptions = {}): Promise<Client> {
  return startStdio([binary, ...args], options);
}

/** A client of the official server over stdio. Close it. */
export function openOfficial(args: readonly string[]): Promise<Client> {
  const manifest = createRequire(import.meta.url).resolve(
    "@modelcontextprotocol/server-filesystem/package.json",
  );
  return startStdio([join(dirname(manifest), "dist/index.js"), ...args], { era: "legacy" });
}
