import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { launch, type Running, toolCalls } from "../measure/load-client.ts";
import type { Row } from "../row.ts";
import { portico } from "../subjects.ts";

const REQUESTS = toolCalls(1024, "echo", { text: "hello world" });
const PROBE = join(import.meta.dirname, "../servers/heap-probe.cjs");
const WARM_UP_CALLS = 10_000;
const CALLS = 100_000;

/** What stays on the heap after a garbage collection, before and after 100,000 calls. */
export async function soakRows(): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), "portico-soak-"));
  process.env.PORTICO_HEAP_REPORT = join(dir, "heap");
  const server = launch(portico, ["--expose-gc", "--require", PROBE]);
  try {
    await server.initialize();
    await server.flood(REQUESTS, 64, (answered) => answered >= WARM_UP_CALLS);
    const before = await liveHeap(server, join(dir, "heap"));
    await server.flood(REQUESTS, 64, (answered) => answered >= CALLS);
    const after = await liveHeap(server, join(dir, "heap"));
    return [
      {
        what: "live heap after 100,000 calls vs before",
        ours: `${after.toFixed(2)} MB`,
        peer: `${before.toFixed(2)} MB`,
        value: after / before,
        unit: "x",
        must: { atMost: 1.05 },
        aim: { atMost: 1.02 },
      },
    ];
  } finally {
    await server.stop();
    rmSync(dir, { recursive: true });
  }
}

/** Asks the probe for the live heap, in megabytes. */
async function liveHeap(server: Running, report: string): Promise<number> {
  rmSync(report, { force: true });
  process.kill(server.pid, "SIGUSR2");
  while (!existsSync(report)) await wait(5);
  return Number(readFileSync(report, "utf8")) / 2 ** 20;
}
