import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import {
  type CallToolResult,
  type Client,
  type ConnectOptions,
  connect as connectClient,
  type ElicitRequestParams,
  type ElicitResult,
  type ResourceContents,
  type ServerDefinition,
} from "@portico/core";
import { type StdioClientOptions, stdioClient } from "@portico/core/node";
import { type Answer, connect, type TestConnectOptions } from "@portico/core/testing";
import { onTestFinished } from "vitest";
import { createAccess } from "../../src/access.ts";
import { createSandbox, parseDirectory } from "../../src/sandbox/index.ts";
import { filesystem } from "../../src/server.ts";
import { listen, type Network, serveOn, targetAt } from "./network.ts";

/** The server as it is published. */
export const binary: string = join(import.meta.dirname, "../../dist/main.cjs");

/** What the operator may decide. */
export interface Operator {
  readonly allowClientRoots?: boolean;
  readonly yes?: boolean;
}

let network: Network | undefined;

/** From now on, in this test file, clients reach the server over the network. */
export function reachOver(wanted: Network): void {
  network = wanted;
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
  options: TestConnectOptions & Operator = {},
): Promise<Client> {
  if (network !== undefined) return networkClientOn(directories, network, options);
  const server = await serverOn(directories, options);
  const client = await connect(server, options);
  onTestFinished(async () => {
    await client.close();
    await server.close();
  });
  return client;
}

/** The same over a socket: the definition in this process, the network in between. */
async function networkClientOn(
  directories: readonly string[],
  over: Network,
  { allowClientRoots = false, yes = false, answers, ...options }: TestConnectOptions & Operator,
): Promise<Client> {
  const server = await serverOn(directories, { allowClientRoots, yes });
  const served = await serveOn(server, over);
  const client = await connectClient(served.target, {
    clientInfo: { name: "test", version: "1.0.0" },
    ...(answers && { onElicit: (question) => elicited(answers.delete, question), roots: [] }),
    ...options,
  });
  onTestFinished(async () => {
    await client.close();
    await served.close();
    await server.close();
  });
  return client;
}

/** The answer to the one form this server has: on the wire, questions have no keys in every revision. */
async function elicited(
  answer: Answer | undefined,
  question: ElicitRequestParams,
): Promise<ElicitResult> {
  const given = typeof answer === "function" ? answer(question as never) : answer;
  return (await given) as ElicitResult;
}

/** A client of the published binary over the network, for one test. Close it. */
export async function openRemote(
  args: readonly string[],
  over: Network,
  { env, ...options }: Partial<ConnectOptions & Pick<StdioClientOptions, "env">> = {},
): Promise<Client> {
  const server = await listen([binary, ...args], env as Record<string, string>);
  onTestFinished(async () => void (await server.stop()));
  const clientInfo = { name: "test", version: "1.0.0" };
  return connectClient(targetAt(server.url, over), { clientInfo, ...options });
}

/** A client of the published binary over stdio. Close it. */
export function openBinary(
  args: readonly string[],
  options: Partial<ConnectOptions & StdioClientOptions> = {},
): Promise<Client> {
  return openStdio([binary, ...args], options);
}

/** A client of the official server over stdio. Close it. */
export function openOfficial(args: readonly string[]): Promise<Client> {
  const manifest = createRequire(import.meta.url).resolve(
    "@modelcontextprotocol/server-filesystem/package.json",
  );
  return openStdio([join(dirname(manifest), "dist/index.js"), ...args], { era: "legacy" });
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
  return connectClient(transport, { clientInfo: { name: "test", version: "1.0.0" }, ...options });
}

/** The text of a result, its blocks one after the other. */
export function textOf({ content }: CallToolResult): string {
  return content
    .map((block) => (block.type === "text" ? block.text : `<${block.type}>`))
    .join("\n");
}

/** Calls a tool that must succeed; its text. */
export async function call(client: Client, name: string, args: object = {}): Promise<string> {
  const result = await client.callTool(name, args);
  if (result.isError) throw new Error(`${name} failed: ${textOf(result)}`);
  return textOf(result);
}

/** Calls a tool that must be refused; what it tells the model. */
export async function refusal(client: Client, name: string, args: object = {}): Promise<string> {
  const result = await client.callTool(name, args);
  if (!result.isError) throw new Error(`${name} was not refused: ${textOf(result)}`);
  return textOf(result);
}

/** The structured content of a tool that must succeed. */
export async function structured(
  client: Client,
  name: string,
  args: object = {},
): Promise<Record<string, unknown>> {
  const result = await client.callTool(name, args);
  if (result.isError) throw new Error(`${name} failed: ${textOf(result)}`);
  return result.structuredContent as Record<string, unknown>;
}

/** The one piece of text a resource is. */
export async function readText(client: Client, uri: string): Promise<string> {
  const { contents } = await client.readResource(uri);
  return (contents[0] as ResourceContents & { text: string }).text;
}
