import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { duplexPair } from "node:stream";
import { type ConnectTarget, httpClient, type ServerDefinition, serve } from "@portico/core";
import { serveHttp, streamTransport } from "@portico/core/node";
import { webSocketClient, webSocketServer } from "@portico/core/websocket";
import { onTestFinished } from "vitest";
import { codeBlocks } from "./readme.ts";

/** A way to reach the server over the network. */
export type Network = "http" | "websocket";

/** A way to reach a definition of this process: over the network, or over streams with the framing of stdio. */
export type Way = Network | "stdio";

/** A server in a process of its own that listens on a free port. */
export interface Listening {
  readonly url: string;
  /** Ends it as an orchestrator does. Resolves with its exit code. */
  stop(): Promise<number | null>;
}

/** Starts a server program over HTTP and waits until it listens. */
export async function listen(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Listening> {
  const [program = "", ...rest] = args;
  const child = spawn(process.execPath, [program, "--transport=http", "--port=0", ...rest], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = once(child, "exit").then(([code]) => code as number | null);
  const said: string[] = [];
  for await (const line of createInterface(child.stderr)) {
    said.push(line);
    const [, url] = /Listening on (\S+)\. /.exec(line) ?? [];
    if (url === undefined) continue;
    child.stderr.resume();
    return {
      url,
      stop() {
        child.kill();
        return ended;
      },
    };
  }
  throw new Error(`The server did not listen: ${said.join("\n")}`);
}

/** A definition of this process that is served. */
export interface Served {
  readonly target: ConnectTarget;
  close(): Promise<void>;
}

/** Serves a definition of this process over a pair of streams. */
export async function serveOnStreams(definition: ServerDefinition): Promise<Served> {
  const [near, far] = duplexPair();
  const serving = serve(definition, streamTransport({ input: far, output: far }));
  return {
    target: streamTransport({ input: near, output: near }),
    close: () => serving.close(),
  };
}

/** Serves a definition of this process on a free port. */
export async function serveOn(definition: ServerDefinition, network: Network): Promise<Served> {
  const http = await serveHttp(definition);
  const sockets = webSocketServer(definition, http.server);
  return {
    target: targetAt(http.url, network),
    async close() {
      await Promise.all([sockets.close(), http.close()]);
    },
  };
}

/** What a client connects to. */
export function targetAt(url: string, network: Network): ConnectTarget {
  return network === "http" ? httpClient(url) : webSocketClient(url.replace("http", "ws"));
}

/**
 * Starts the server that the first shell block of a README starts, on a free port, for one test. Gives the address it
 * has there, with the port that the README names.
 */
export async function addressInReadme(readme: string, binary: string): Promise<string> {
  const [, , ...flags] = (codeBlocks(readme, "sh")[0] as string).trim().split(" ");
  const server = await listen([binary, ...flags.map((flag) => flag.replace("3000", "0"))]);
  onTestFinished(async () => void (await server.stop()));
  return server.url.replace(new URL(server.url).port, "3000");
}
