import { launch, type Running } from "../measure/load-client.ts";
import { pinTogether } from "../measure/pin.ts";
import { interleave, median } from "../measure/statistics.ts";
import type { Limit, Row } from "../row.ts";
import {
  archivedBrave,
  archivedGdrive,
  archivedGitHub,
  ourBrave,
  ourGdrive,
  ourGitHub,
  type Subject,
} from "../subjects.ts";

const ROUND_MS = 250;
/** How long a server is under load before it is measured: V8 compiles what is hot for about that long. */
const WARM_UP_MS = 1_000;
const MUST: Limit = { atMost: 0.15 };
const REQUESTS = Array.from({ length: 64 }, (_, index) => {
  const message = { jsonrpc: "2.0", id: 1_000_000 + index, method: "tools/list" };
  return Buffer.from(`${JSON.stringify(message)}\n`);
});

/** `tools/list` of a running server, asked for again and again, one call in flight. `dir` takes a file of credentials. */
export async function listRows(dir: string, rounds: number): Promise<Row[]> {
  const pairs: [what: string, ours: Subject, peer: Subject][] = [
    ["github", ourGitHub, archivedGitHub],
    ["gdrive", ourGdrive, archivedGdrive(`${dir}/gdrive.json`)],
    ["brave-search", ourBrave, archivedBrave],
  ];
  const rows: Row[] = [];
  for (const pair of pairs) rows.push(await compare(...pair, rounds));
  return rows;
}

async function compare(what: string, ours: Subject, peer: Subject, rounds: number): Promise<Row> {
  const running = new Map([ours, peer].map((subject) => [subject, launch(subject)]));
  try {
    for (const server of running.values()) {
      await server.initialize();
      pinTogether(server.pid);
      await perCall(server, WARM_UP_MS);
    }
    const times = await interleave([ours, peer], rounds, (subject) =>
      perCall(running.get(subject)!, ROUND_MS),
    );
    const [own, its] = [ours, peer].map((subject) => median(times.get(subject)!)) as [
      number,
      number,
    ];
    return {
      what: `tools/list, ${what} vs ${peer.name}`,
      ours: `${own.toFixed(3)} ms`,
      peer: `${its.toFixed(3)} ms`,
      value: own,
      unit: "ms",
      must: MUST,
      note: `${await listed(running.get(ours)!)} tools, the peer ${await listed(running.get(peer)!)}`,
    };
  } finally {
    await Promise.all([...running.values()].map((server) => server.stop()));
  }
}

/** Milliseconds from writing a request to the end of its answer. */
async function perCall(server: Running, forMs: number): Promise<number> {
  const until = performance.now() + forMs;
  const { calls, milliseconds } = await server.flood(REQUESTS, 1, () => performance.now() >= until);
  return milliseconds / calls;
}

async function listed(server: Running): Promise<number> {
  return (await server.request<{ tools: unknown[] }>("tools/list")).tools.length;
}
