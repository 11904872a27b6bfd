import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { type Client, type ConnectOptions, connect } from "@portico/core";
import { type StdioClientOptions, stdioClient } from "@portico/core/node";

/** The server as it is published. */
export const binary: string = join(import.meta.dirname, "../../dist/main.cjs");

const clientInfo = { name: "test", version: "1.0.0" };

/** A client of the published binary over stdio. Close it. */
export function openBinary(
  args: readonly string[],
  options: Partial<ConnectOptions & StdioClientOptions> = {},
): Promise<Client> {
  return openStdio([binary, ...args], options);
}

/** A client of the archived server over stdio. Close it. */
export function openArchived(args: readonly string[]): Promise<Client> {
  const manifest = createRequire(import.meta.url).resolve(
    "@modelcontextprotocol/server-postgres/package.json",
  );
  return openStdio([join(dirname(manifest), "dist/index.js"), ...args], { era: "legacy" });
}

function openStdio(
  args: readonly string[],
  { env, stderr = "ignore", ...options }: Partial<ConnectOptions & StdioClientOptions>,
): Promise<Client> {
  const transport = stdioClient({ command: process.execPath, args, stderr, ...(env && { env }) });
  return connect(transport, { clientInfo, ...options });
}

/** A server in a process of its own that listens on a free port. */
export interface Listening {
  readonly url: string;
  /** Ends it as an orchestrator does. Resolves with its exit code. */
  stop(): Promise<number | null>;
}

/** Starts the published binary over HTTP and waits until it listens. */
export async function listen(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Listening> {
  const child = spawn(process.execPath, [binary, "--transport=http", "--port=0", ...args], {
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
