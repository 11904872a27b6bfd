import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Subject } from "../subjects.ts";
import { HttpConnection } from "./http-client.ts";
import { type HttpWire, initialize, post } from "./http-wire.ts";
import type { Enough, Flooded } from "./load-client.ts";

/** A server that listens. */
export interface Listening {
  readonly pid: number;
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts a server that prints the port it listens on, with this process's Node. */
export async function listen(
  { name, args }: Subject,
  nodeOptions: readonly string[] = [],
): Promise<Listening> {
  const child = spawn(process.execPath, [...nodeOptions, ...args], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const port = Number(await firstLine(child, name));
  return {
    pid: child.pid as number,
    port,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

function firstLine(child: ChildProcess, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.on("exit", () => reject(new Error(`${name} ended before it listened`)));
    child.stdout?.on("data", (chunk) => {
      said += chunk;
      if (said.includes("\n")) resolve(said);
    });
  });
}

/** Opens a session on a connection of its own, where the server gives one out. */
export async function openSession(port: number, revision: HttpWire["revision"]): Promise<HttpWire> {
  if (revision === "2026-07-28") return { revision };
  const connection = new HttpConnection(port);
  const wire = await openSessionOn(connection, revision);
  connection.close();
  return wire;
}

/** Opens a session on a connection that goes on. */
export async function openSessionOn(
  connection: HttpConnection,
  revision: HttpWire["revision"],
): Promise<HttpWire> {
  const { status, head, body } = await connection.request(initialize(revision));
  if (status !== 200) throw new Error(`initialize was answered ${status}: ${body}`);
  const session = /^mcp-session-id: *(.*?)\r?$/im.exec(head)?.[1];
  return { revision, session };
}

/** The requests of 1,024 calls of `echo`. */
export function echoCalls(wire: HttpWire): Buffer[] {
  const params = { name: "echo", arguments: { text: "hello world" } };
  return Array.from({ length: 1024 }, (_, index) => {
    return post(wire, 1_000_000 + index, "tools/call", params);
  });
}

/** Keeps one call in flight on each of `inFlight` connections, until `enough` says so. */
export async function flood(
  port: number,
  requests: readonly Buffer[],
  inFlight: number,
  enough: Enough,
): Promise<Flooded> {
  const connections = Array.from({ length: inFlight }, () => new HttpConnection(port));
  await Promise.all(connections.map(({ socket }) => once(socket, "connect")));
  const started = performance.now();
  let calls = 0;
  let sent = 0;
  const loop = (connection: HttpConnection) =>
    new Promise<void>((resolve, reject) => {
      const next = () => {
        connection.send(requests[sent++ % requests.length] as Buffer, answered, reject);
      };
      const answered = (answer: Buffer) => {
        calls++;
        if (!isResult(answer)) reject(new Error(`unexpected answer: ${answer}`));
        else if (enough(calls)) resolve();
        else next();
      };
      next();
    });
  try {
    await Promise.all(connections.map(loop));
    return { calls, milliseconds: performance.now() - started };
  } finally {
    for (const connection of connections) connection.close();
  }
}

// Parsing each answer would make the client the bottleneck.
function isResult(answer: Buffer): boolean {
  return answer.includes("hello world");
}
