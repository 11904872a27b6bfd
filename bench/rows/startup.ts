import { spawn } from "node:child_process";
import { once } from "node:events";
import { launch } from "../measure/load-client.ts";
import { peakMegabytes } from "../measure/process-facts.ts";
import { interleave, median, medianRatio } from "../measure/statistics.ts";
import type { Row } from "../row.ts";
import { officialFilesystem, ourFilesystem, type Subject } from "../subjects.ts";

const BARE: Subject = { name: "bare node", args: ["-e", "0"] };

interface Start {
  readonly milliseconds: number;
  readonly megabytes: number;
}

/** From spawning the filesystem server to its answer to `tools/list`, and the memory that took. */
export async function startupRows(dir: string, rounds: number): Promise<Row[]> {
  const [ours, official] = [ourFilesystem(dir), officialFilesystem(dir)];
  const subjects = [BARE, ours, official];
  const measure = (subject: Subject) => (subject === BARE ? startBare() : startServer(subject));
  await interleave(subjects, 1, measure); // Fills the file system's and Node's own caches.
  const figures = await interleave(subjects, rounds, measure);

  const times = (subject: Subject) => figures.get(subject)!.map(({ milliseconds }) => milliseconds);
  const peak = (subject: Subject) =>
    median(figures.get(subject)!.map(({ megabytes }) => megabytes));
  const show = (subject: Subject) => `${median(times(subject)).toFixed(1)} ms`;
  return [
    {
      what: "start to tools/list, filesystem vs bare node",
      ours: show(ours),
      peer: show(BARE),
      value: medianRatio(times(ours), times(BARE)),
      unit: "x",
      must: { atMost: 1.5 },
      aim: { atMost: 1.2 },
    },
    {
      what: "start to tools/list, filesystem vs official",
      ours: show(ours),
      peer: show(official),
      value: medianRatio(times(ours), times(official)),
      unit: "x",
      must: { atMost: 0.25 },
      aim: { atMost: 0.15 },
    },
    {
      what: "peak RSS after tools/list, filesystem",
      ours: `${peak(ours).toFixed(1)} MB`,
      peer: `${peak(official).toFixed(1)} MB`,
      value: peak(ours),
      unit: "MB",
      must: { atMost: 55 },
      aim: { atMost: 48 },
    },
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
