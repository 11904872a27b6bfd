import { readFileSync } from "node:fs";
import { type StdioClientOptions, stdioClient } from "../../src/transport/stdio-client.ts";
import type { Transport } from "../../src/transport/transport.ts";

/** JavaScript that tells the test it is up, with its process id and perhaps another's. */
export const ready = (grandchild = "null") =>
  `process.stdout.write(JSON.stringify({ pid: process.pid, grandchild: ${grandchild} }) + "\\n");`;
/** JavaScript of a process that never ends by itself. */
export const linger = "setInterval(() => {}, 1000);";

/** A client connected to a Node program given as text. */
export interface Program {
  readonly client: Transport;
  /** Everything delivered so far. */
  readonly received: unknown[];
  /** The reasons `closed` was called with; resolves at the first. */
  readonly closed: Promise<Error | undefined>;
  /** How often `closed` was called. */
  closures(): number;
  /** Resolves with the next message, the first one unless it was asked before. */
  next(): Promise<{ pid: number; grandchild: number }>;
}

/** Starts a Node program as a server. */
export function start(
  program: string,
  options: Omit<StdioClientOptions, "command" | "args"> = {},
): Program {
  return connect({
    command: process.execPath,
    args: ["-e", program],
    stderr: "ignore",
    ...options,
  });
}

/** Starts any command as a server. */
export function connect(options: StdioClientOptions): Program {
  const client = stdioClient(options);
  const received: unknown[] = [];
  const waiting: ((value: unknown) => void)[] = [];
  let closures = 0;
  let taken = 0;
  const closed = new Promise<Error | undefined>((resolve) => {
    client.start({
      message(value) {
        received.push(value);
        waiting.shift()?.(value);
      },
      damaged() {},
      closed(reason) {
        closures++;
        resolve(reason);
      },
    });
  });
  return {
    client,
    received,
    closed,
    closures: () => closures,
    next() {
      const index = taken++;
      const value =
        index < received.length
          ? Promise.resolve(received[index])
          : new Promise((resolve) => waiting.push(resolve));
      return value as Promise<{ pid: number; grandchild: number }>;
    },
  };
}

/** True while a process runs; a zombie, which only waits for its parent to look, does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform !== "linux") return true;
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/** Resolves when the process is gone. @throws {Error} when it still runs after 10 seconds */
export async function untilGone(pid: number): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (isRunning(pid)) {
    if (performance.now() > deadline) throw new Error(`Process ${pid} is still running.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
