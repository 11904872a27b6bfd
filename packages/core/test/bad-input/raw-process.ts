import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { streamTransport } from "../../src/node.ts";
import { RawClient } from "../server/raw-client.ts";

const everything = fileURLToPath(new URL("../server/everything-process.ts", import.meta.url));

/** A real server process with a hand on the bytes that go in. */
export class RawProcess extends RawClient {
  readonly child: ChildProcess;

  constructor(program = everything) {
    const child = spawn(process.execPath, [program], { stdio: ["pipe", "pipe", "inherit"] });
    super(streamTransport({ input: child.stdout as Readable, output: child.stdin as Writable }));
    this.child = child;
  }

  /** Puts bytes on the server's standard input; resolves when the pipe took them. */
  async write(bytes: string | Uint8Array): Promise<void> {
    if (!this.child.stdin?.write(bytes)) await once(this.child.stdin as Writable, "drain");
  }

  /** Ends the server's standard input; resolves with its exit code. */
  async end(): Promise<number | null> {
    this.child.stdin?.end();
    if (this.child.exitCode === null) await once(this.child, "exit");
    return this.child.exitCode;
  }

  /** The most memory the server ever held, in bytes; 0 where the system does not say. */
  get peakMemory(): number {
    try {
      const status = readFileSync(`/proc/${this.child.pid}/status`, "utf8");
      return 1024 * Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0);
    } catch {
      return 0;
    }
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
  }
}
