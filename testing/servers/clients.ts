import {
  type Client,
  type ConnectOptions,
  connect as connectClient,
  type ElicitRequestParams,
  type ElicitResult,
  type Root,
  type ServerDefinition,
} from "@portico/core";
import { type StdioClientOptions, stdioClient } from "@portico/core/node";
import { connect, type TestConnectOptions } from "@portico/core/testing";
import { onTestFinished } from "vitest";
import { listen, type Network, serveOn, serveOnStreams, targetAt, type Way } from "./network.ts";

/** How the program is started, and what the client is like. */
export type ProgramOptions = Partial<ConnectOptions & StdioClientOptions>;

const clientInfo = { name: "test", version: "1.0.0" };

let way: Way | undefined;

/** From now on, in this test file, clients reach definitions this way, and not in memory. */
export function reachOver(wanted: Way): void {
  way = wanted;
}

/** A client of a definition in this process, for one test; `reachOver` says how. The definition stays open. */
export async function clientOf(
  server: ServerDefinition,
  { answers, ...options }: TestConnectOptions = {},
): Promise<Client> {
  if (way === undefined) {
    const client = await connect(server, { ...options, ...(answers && { answers }) });
    onTestFinished(() => client.close());
    return client;
  }
  const served = await (way === "stdio" ? serveOnStreams(server) : serveOn(server, way));
  const client = await connectClient(served.target, {
    clientInfo,
    ...(answers && {
      onElicit: (question) => elicited(answers, question),
      roots: answers.roots as readonly Root[],
    }),
    ...options,
  });
  onTestFinished(async () => {
    await client.close();
    await served.close();
  });
  return client;
}

/** On the wire questions have no keys in every revision, so there can be only one answer. */
async function elicited(
  answers: NonNullable<TestConnectOptions["answers"]>,
  question: ElicitRequestParams,
): Promise<ElicitResult> {
  const { roots: _, ...forms } = answers;
  const [answer, second] = Object.values(forms);
  if (second) throw new Error("Over the network a test can answer only one question.");
  const given = typeof answer === "function" ? answer(question as never) : answer;
  return (await given) as ElicitResult;
}

/** A client of a program of this Node over stdio, for one test; `args` begin with the program. */
export async function openStdio(
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<Client> {
  const client = await startStdio(args, options);
  onTestFinished(() => client.close());
  return client;
}

/** The same for many tests; whoever calls it closes it. */
export function startStdio(
  args: readonly string[],
  { env, stderr = "ignore", ...options }: ProgramOptions = {},
): Promise<Client> {
  const command = process.execPath;
  const transport = stdioClient({ command, args, stderr, ...(env && { env }) });
  return connectClient(transport, { clientInfo, ...options });
}

/** A client of a program of this Node that listens on a free port, for one test. */
export async function openRemote(
  args: readonly string[],
  over: Network,
  { env, ...options }: ProgramOptions = {},
): Promise<Client> {
  const server = await listen(args, env as Record<string, string>);
  const client = await connectClient(targetAt(server.url, over), { clientInfo, ...options });
  onTestFinished(async () => {
    await client.close();
    await server.stop();
  });
  return client;
}
