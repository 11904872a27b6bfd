import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import {
  type CallToolResult,
  type Client,
  type ConnectOptions,
  connect as connectClient,
  type ResourceContents,
  type ServerDefinition,
  type TextContent,
} from "@portico/core";
import { type StdioClientOptions, stdioClient } from "@portico/core/node";
import { connect, type TestConnectOptions } from "@portico/core/testing";
import { createLogger } from "@portico/runner";
import { onTestFinished } from "vitest";
import { LazyStore } from "../../src/lazy-store.ts";
import { openStore } from "../../src/open-store.ts";
import { memory } from "../../src/server.ts";
import { listen, type Network, serveOn, targetAt } from "./network.ts";
import { scratch } from "./scratch.ts";

/** The server as it is published. */
export const binary: string = join(import.meta.dirname, "../../dist/main.cjs");

const clientInfo = { name: "test", version: "1.0.0" };

/** What the operator may decide. */
export interface Operator {
  /** The database. Default: a new one for this test. */
  readonly file?: string;
  readonly project?: string;
}

let network: Network | undefined;

/** From now on, in this test file, clients reach the server over the network. */
export function reachOver(wanted: Network): void {
  network = wanted;
}

/** The definition on a database. Close it. */
export function serverOn({ file, project = "default" }: Operator = {}): ServerDefinition {
  const path = file ?? join(scratch(), "memory.db");
  const log = createLogger({ write: () => undefined });
  const store = new LazyStore(() => openStore({ kind: "sqlite", path }, log));
  return memory({ store, project });
}

/** A client of the server in this process, for one test; `reachOver` says how. */
export async function clientOn(options: TestConnectOptions & Operator = {}): Promise<Client> {
  const { file, project, ...rest } = options;
  const server = serverOn({ ...(file !== undefined && { file }), ...(project && { project }) });
  onTestFinished(() => server.close());
  return clientOf(server, rest);
}

/** A client of a definition, for one test. */
export async function clientOf(
  server: ServerDefinition,
  options: TestConnectOptions = {},
): Promise<Client> {
  if (network === undefined) {
    const client = await connect(server, options);
    onTestFinished(() => client.close());
    return client;
  }
  const served = await serveOn(server, network);
  const client = await connectClient(served.target, { clientInfo, ...options });
  onTestFinished(async () => {
    await client.close();
    await served.close();
  });
  return client;
}

/** A client of the published binary over the network, for one test. Close it. */
export async function openRemote(
  args: readonly string[],
  over: Network,
  { env, ...options }: Partial<ConnectOptions & Pick<StdioClientOptions, "env">> = {},
): Promise<Client> {
  const server = await listen([binary, ...args], env as Record<string, string>);
  onTestFinished(async () => void (await server.stop()));
  return connectClient(targetAt(server.url, over), { clientInfo, ...options });
}

/** A client of the published binary over stdio. Close it. */
export function openBinary(
  args: readonly string[],
  options: Partial<ConnectOptions & StdioClientOptions> = {},
): Promise<Client> {
  return openStdio([binary, ...args], options);
}

/** A client of the official server over stdio, on `file`. Close it. */
export function openOfficial(file: string): Promise<Client> {
  const manifest = createRequire(import.meta.url).resolve(
    "@modelcontextprotocol/server-memory/package.json",
  );
  const env = { MEMORY_FILE_PATH: file };
  return openStdio([join(dirname(manifest), "dist/index.js")], { era: "legacy", env });
}

function openStdio(
  args: readonly string[],
  { env, stderr = "ignore", ...options }: Partial<ConnectOptions & StdioClientOptions>,
): Promise<Client> {
  const transport = stdioClient({
    command: process.execPath,
    args,
    stderr,
    ...(env && { env }),
  });
  return connectClient(transport, { clientInfo, ...options });
}

/** The text of a result, its blocks one after the other. */
export function textOf({ content }: CallToolResult): string {
  return content
    .map((block) => (block.type === "text" ? block.text : `<${block.type}>`))
    .join("\n");
}

/** Calls a tool that must succeed; its text. */
export async function call(client: Client, name: string, args: object = {}): Promise<string> {
  return textOf(await succeed(client, name, args));
}

/** Calls a tool that must be refused; what it tells the model. */
export async function refusal(client: Client, name: string, args: object = {}): Promise<string> {
  const result = await client.callTool(name, args);
  if (!result.isError) throw new Error(`${name} was not refused: ${textOf(result)}`);
  return textOf(result);
}

/** The structured content of a tool that must succeed. */
export async function structured<T = Record<string, unknown>>(
  client: Client,
  name: string,
  args: object = {},
): Promise<T> {
  return (await succeed(client, name, args)).structuredContent as T;
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

async function succeed(client: Client, name: string, args: object): Promise<CallToolResult> {
  const result = await client.callTool(name, args);
  if (result.isError) throw new Error(`${name} failed: ${textOf(result)}`);
  return result;
}

/** The one piece of text a resource is, as JSON. */
export async function readJson<T = Record<string, unknown>>(
  client: Client,
  uri: string,
): Promise<T> {
  const { contents } = await client.readResource(uri);
  return JSON.parse((contents[0] as ResourceContents & { text: string }).text) as T;
}
