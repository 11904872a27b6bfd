import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Subject } from "../subjects.ts";
import type { Flooded } from "./load-client.ts";

/** Calls between two looks at the clock. */
const AT_ONCE = 64;

/**
 * A running server and a client that writes a line, sleeps until the answer is there, and writes the next. Node's streams
 * would take longer for that than a server for a small call, and both would be charged to the server.
 */
export interface Lockstep {
  readonly pid: number;
  /** Opens a session on 2025-11-25. */
  initialize(): void;
  /** Sends the lines of `requests` over and over, one after the other, for so many milliseconds. */
  callFor(milliseconds: number, requests: readonly Buffer[]): Flooded;
  /** Closes stdin and waits for the server to end; kills it after two seconds. */
  stop(): Promise<void>;
}

/** Starts a server with this process's Node, between two named pipes: only with those a process can wait for an answer. */
export function launchLockstep({ args, env }: Subject): Lockstep {
  const folder = mkdtempSync(join(tmpdir(), "portico-pipes-"));
  const stdin = openPipe(join(folder, "stdin"));
  const stdout = openPipe(join(folder, "stdout"));
  rmSync(folder, { recursive: true });
  const child = spawn(process.execPath, [...args], {
    stdio: [stdin.read, stdout.write, "ignore"],
    ...(env && { env: { ...process.env, ...env } }),
  });
  closeSync(stdin.read);
  closeSync(stdout.write);
  const exited = once(child, "exit");
  const buffer = Buffer.allocUnsafe(64 * 1024);

  const line = (): string => {
    let text = "";
    while (!text.endsWith("\n")) {
      const bytes = readSync(stdout.read, buffer);
      if (bytes === 0) throw new Error("the server ended before it answered");
      text += buffer.toString("latin1", 0, bytes);
    }
    return text;
  };
  return {
    pid: child.pid as number,
    initialize() {
      for (const message of opening()) writeSync(stdin.write, `${JSON.stringify(message)}\n`);
      const { error } = JSON.parse(line());
      if (error) throw new Error(error.message);
    },
    callFor(milliseconds, requests) {
      const started = performance.now();
      let calls = 0;
      do {
        for (let call = 0; call < AT_ONCE; call++) {
          writeSync(stdin.write, requests[calls++ % requests.length] as Buffer);
          line();
        }
      } while (performance.now() - started < milliseconds);
      return { calls, milliseconds: performance.now() - started };
    },
    async stop() {
      const patience = setTimeout(() => child.kill("SIGKILL"), 2_000);
      closeSync(stdin.write);
      await exited;
      clearTimeout(patience);
      closeSync(stdout.read);
    },
  };
}

function opening(): readonly object[] {
  const clientInfo = { name: "bench", version: "1.0.0" };
  const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo };
  return [
    { jsonrpc: "2.0", id: 1, method: "initialize", params },
    { jsonrpc: "2.0", method: "notifications/initialized" },
  ];
}

/** Both ends of a new pipe: opened one by one, each would wait for the other. */
function openPipe(path: string): { readonly read: number; readonly write: number } {
  execFileSync("mkfifo", ["-m", "600", path]);
  const both = openSync(path, constants.O_RDWR);
  const ends = { read: openSync(path, "r"), write: openSync(path, "w") };
  closeSync(both);
  return ends;
}
