import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Client, ServerDefinition, TextContent } from "@portico/core";
import type { TestConnectOptions } from "@portico/core/testing";
import { createLogger } from "@portico/runner";
import {
  clientOf,
  type ProgramOptions,
  scratch,
  startStdio,
  succeed,
} from "@portico/testing-servers";
import { onTestFinished } from "vitest";
import type { Meanings } from "../../src/embeddings/meanings.ts";
import { LazyStore } from "../../src/lazy-store.ts";
import { openStore } from "../../src/open-store.ts";
import { memory } from "../../src/server.ts";
import { TransferFolder } from "../../src/transfer/folder.ts";

/** The server as it is published. */
export const binary: string = join(import.meta.dirname, "../../dist/main.cjs");

/** What the operator may decide. */
export interface Operator {
  /** The database. Default: a new one for this test. */
  readonly file?: string | undefined;
  readonly project?: string | undefined;
  /** Where graphs come and go as files. */
  readonly folder?: string | undefined;
  readonly meanings?: Meanings | undefined;
}

/** The definition on a database. Close it. */
export function serverOn(operator: Operator = {}): ServerDefinition {
  const { file, project = "default", folder, meanings } = operator;
  const path = file ?? join(scratch(), "memory.db");
  const log = createLogger({ write: () => undefined });
  const store = new LazyStore(() => openStore({ kind: "sqlite", path }, project, log));
  store.whenOpen((opened) => meanings?.attach(opened, { owner: "", project }));
  return memory({
    store,
    project,
    folder: folder === undefined ? undefined : new TransferFolder(folder),
    meanings,
  });
}

/** A client of the server in this process, for one test. */
export async function clientOn(options: TestConnectOptions & Operator = {}): Promise<Client> {
  const { file, project, folder, meanings, ...rest } = options;
  const server = serverOn({ file, project, folder, meanings });
  onTestFinished(() => server.close());
  return clientOf(server, rest);
}

/** A client of the published binary over stdio. Close it. */
export function openBinary(args: readonly string[], options: ProgramOptions = {}): Promise<Client> {
  return startStdio([binary, ...args], options);
}

/** A client of the official server over stdio, on `file`. Close it. */
export function openOfficial(file: string): Promise<Client> {
  const manifest = createRequire(import.meta.url).resolve(
    "@modelcontextprotocol/server-memory/package.json",
  );
  const env = { MEMORY_FILE_PATH: file };
  return startStdio([join(dirname(manifest), "dist/index.js")], { era: "legacy", env });
}

/** The data of a tool that must succeed, as its text has it: revisions before 2025-06-18 have nothing else. */
export async function shown<T = Record<string, unknown>>(
  client: Client,
  name: string,
  args: object = {},
): Promise<T> {
  const [first] = (await succeed(client, name, args)).content;
  return JSON.parse((first as TextContent).text) as T;
}
