import { spawn } from "node:child_process";
import { once } from "node:events";
import { launch } from "../measure/load-client.ts";
import { peakMegabytes } from "../measure/process-facts.ts";
import { interleave, median, medianRatio } from "../measure/statistics.ts";
import type { Limit, Row } from "../row.ts";
import {
  archivedBrave,
  archivedGdrive,
  archivedGitHub,
  archivedPostgres,
  officialBrave,
  officialFilesystem,
  officialMemory,
  ourBrave,
  ourFilesystem,
  ourGdrive,
  ourGitHub,
  ourMemory,
  ourPostgres,
  type Subject,
} from "../subjects.ts";

const BARE: Subject = { name: "bare node", args: ["-e", "0"] };

/** A server, the one it replaces, and how it must start beside that and beside a Node that does nothing. */
interface Pair {
  readonly what: string;
  readonly ours: Subject;
  readonly peer: Subject;
  readonly bare?: { readonly must: Limit; readonly aim?: Limit };
  readonly beside: { readonly must: Limit; readonly aim?: Limit };
  readonly peak?: { readonly must: Limit; readonly aim?: Limit };
}

interface Start {
  readonly milliseconds: number;
  readonly megabytes: number;
}

/** From spawning each server to its answer to `tools/list`, and the memory that took. `dir` holds a tree of files. */
export async function startupRows(dir: string, rounds: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const pair of pairs(dir)) rows.push(...(await comparePair(pair, rounds)));
  return rows;
}

function pairs(dir: string): Pair[] {
  const noDatabase = "postgres://bench@127.0.0.1:9/none";
  return [
    {
      what: "filesystem",
      ours: ourFilesystem(dir),
      peer: officialFilesystem(dir),
      bare: { must: { atMost: 1.5 }, aim: { atMost: 1.2 } },
      beside: { must: { atMost: 0.25 }, aim: { atMost: 0.15 } },
      peak: { must: { atMost: 55 }, aim: { atMost: 48 } },
    },
    {
      what: "memory",
      ours: ourMemory(`${dir}/memory.db`),
      peer: officialMemory(`${dir}/memory.jsonl`),
      bare: { must: { atMost: 1.7 } },
      beside: { must: { atMost: 0.3 } },
    },
    {
      what: "postgres",
      ours: ourPostgres(noDatabase),
      peer: archivedPostgres(noDatabase),
      beside: { must: { atMost: 0.7 } },
    },
    {
      what: "github",
      ours: ourGitHub,
      peer: archivedGitHub,
      bare: { must: { atMost: 1.7 } },
      beside: { must: { atMost: 0.45 } },
      peak: { must: { atMost: 60 } },
    },
    {
      what: "gdrive",
      ours: ourGdrive,
      peer: archivedGdrive(`${dir}/gdrive.json`),
      bare: { must: { atMost: 1.7 } },
      beside: { must: { atMost: 0.15 } },
      peak: { must: { atMost: 60 } },
    },
    {
      what: "brave-search",
      ours: ourBrave,
      peer: archivedBrave,
      bare: { must: { atMost: 1.7 } },
      beside: { must: { atMost: 0.95 } },
      peak: { must: { atMost: 60 } },
    },
    {
      what: "brave-search",
      ours: ourBrave,
      peer: officialBrave,
      beside: { must: { atMost: 0.2 } },
    },
  ];
}

async function comparePair(pair: Pair, rounds: number): Promise<Row[]> {
  const { what, ours, peer } = pair;
  const subjects = [BARE, ours, peer];
  const measure = (subject: Subject) => (subject === BARE ? startBare() : startServer(subject));
  await interleave(subjects, 1, measure); // Fills the file system's and Node's own caches.
  const figures = await interleave(subjects, rounds, measure);

  const times = (subject: Subject) => figures.get(subject)!.map(({ milliseconds }) => milliseconds);
  const peak = (subject: Subject) =>
    median(figures.get(subject)!.map(({ megabytes }) => megabytes));
  const against = (other: Subject): Omit<Row, "must"> => ({
    what: `start to tools/list, ${what} vs ${other.name}`,
    ours: `${median(times(ours)).toFixed(1)} ms`,
    peer: `${median(times(other)).toFixed(1)} ms`,
    value: medianRatio(times(ours), times(other)),
    unit: "x",
  });
  const memory: Omit<Row, "must"> = {
    what: `peak RSS after tools/list, ${what}`,
    ours: `${peak(ours).toFixed(1)} MB`,
    peer: `${peak(peer).toFixed(1)} MB`,
    value: peak(ours),
    unit: "MB",
  };
  return [
    ...(pair.bare ? [{ ...against(BARE), ...pair.bare }] : []),
    { ...against(peer), ...pair.beside },
    ...(pair.peak ? [{ ...memory, ...pair.peak }] : []),
  ];
}

async function startBare(): Promise<Start> {
  const started = performance.now();
  const child = spawn(process.execPath, [...BARE.args], { stdio: "ignore" });
  await once(child, "exit");
  return { milliseconds: performance.now() - started, megabytes: 0 };
}

async function startServer(subject: Subject): Promise<Start> {
  const started = performance.now();
  const server = launch(subject);
  try {
    await server.initialize();
    await server.request("tools/list");
    return { milliseconds: performance.now() - started, megabytes: peakMegabytes(server.pid) };
  } finally {
    await server.stop();
  }
}
