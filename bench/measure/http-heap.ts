import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Subject } from "../subjects.ts";
import { type Listening, listen } from "./http-load.ts";

const PROBE = join(import.meta.dirname, "../servers/heap-probe.cjs");

/** A server that says how much it holds. */
export interface Probed extends Listening {
  /** What is left on the heap after a garbage collection, in bytes. */
  liveHeap(): Promise<number>;
  /** Memory of the process that is not swapped out, in bytes, after a garbage collection. */
  resident(): Promise<number>;
}

/** Starts a server with the heap probe, gives it to `use` and stops it. */
export async function withProbe<Result>(
  subject: Subject,
  nodeOptions: readonly string[],
  use: (server: Probed) => Promise<Result>,
): Promise<Result> {
  const dir = mkdtempSync(join(tmpdir(), "portico-heap-"));
  const report = join(dir, "heap");
  process.env.PORTICO_HEAP_REPORT = report;
  const server = await listen(subject, ["--expose-gc", "--require", PROBE, ...nodeOptions]);
  const liveHeap = async () => {
    rmSync(report, { force: true });
    process.kill(server.pid, "SIGUSR2");
    while (!existsSync(report)) await wait(5);
    return Number(readFileSync(report, "utf8"));
  };
  const resident = async () => {
    await liveHeap();
    const status = readFileSync(`/proc/${server.pid}/status`, "utf8");
    return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) * 1024;
  };
  try {
    return await use({ ...server, liveHeap, resident });
  } finally {
    await server.stop();
    rmSync(dir, { recursive: true });
  }
}
