import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** The server under test, in a process of its own. */
export interface Subject {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts our server on a free port of loopback.
 * @throws {Error} when it ends before it listens
 */
export async function startServer(): Promise<Subject> {
  const args = [join(import.meta.dirname, "server/main.ts"), "--port", "0"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /:(\d+)\/mcp$/.exec(line)?.[1];
    if (port === undefined) continue;
    return {
      // The suite's test of DNS rebinding takes only this name for loopback.
      url: `http://localhost:${port}/mcp`,
      async stop() {
        child.kill();
        if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      },
    };
  }
  throw new Error("The server under test ended before it listened.");
}
