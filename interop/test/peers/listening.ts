import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Host, Meet, Peer } from "./peer.ts";

/** A server of ours that listens in a process of its own. */
export interface Listening {
  /** Its Streamable HTTP endpoint. */
  readonly url: URL;
  /** Where clients of 2024-11-05 open their stream. */
  readonly sse: URL;
  stop(): Promise<void>;
}

/** Starts a program of ours with Node on a free port, and waits until it listens. */
export function listen([program = "", ...args]: readonly string[]): Promise<Listening> {
  return start(process.execPath, [program, "--transport=http", "--port=0", ...args]);
}

/** Starts any server that says `Listening on URL. ` on stderr once it does. */
export async function start(command: string, args: readonly string[]): Promise<Listening> {
  const child = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(child, "exit");
  const said: string[] = [];
  for await (const line of createInterface(child.stderr)) {
    said.push(line);
    const [, url] = /Listening on (\S+)\. /.exec(line) ?? [];
    if (url === undefined) continue;
    child.stderr.resume();
    const stop = async () => {
      child.kill();
      await ended;
    };
    return { url: new URL(url), sse: new URL("sse", url), stop };
  }
  throw new Error(`The server did not listen: ${said.join("\n")}`);
}

/** Meets servers over HTTP: each client has one of its own, which ends with it. */
export function overHttp(meetAt: (server: Listening, host?: Host) => Promise<Peer>): Meet {
  return async (args, host) => {
    const server = await listen(args);
    const peer = await meetAt(server, host).catch(async (error) => {
      await server.stop();
      throw error;
    });
    return {
      ...peer,
      async close() {
        await peer.close();
        await server.stop();
      },
    };
  };
}
