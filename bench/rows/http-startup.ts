import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { HttpConnection } from "../measure/http-client.ts";
import { openSessionOn } from "../measure/http-load.ts";
import { post } from "../measure/http-wire.ts";
import { launch } from "../measure/load-client.ts";
import { cpuMicroseconds } from "../measure/process-facts.ts";
import { interleave, median } from "../measure/statistics.ts";
import type { Row } from "../row.ts";
import { ourFilesystem, type Subject } from "../subjects.ts";

/** What serving over HTTP adds to the CPU time of a start, until `tools/list` is answered. */
export async function httpStartupRows(dir: string, rounds: number): Promise<Row[]> {
  const stdio = ourFilesystem(dir);
  const http = { ...stdio, args: [...stdio.args, "--transport", "http", "--port", "0"] };
  const subjects = [stdio, http];
  const measure = (subject: Subject) =>
    subject === http ? startHttp(subject) : startStdio(subject);
  await interleave(subjects, 1, measure); // Fills the file system's and Node's own caches.
  const figures = await interleave(subjects, rounds, measure);
  const times = (subject: Subject) => figures.get(subject) ?? [];
  const show = (subject: Subject) => `${median(times(subject)).toFixed(1)} ms`;
  return [
    {
      what: "CPU until tools/list, filesystem over http vs stdio",
      ours: show(http),
      peer: show(stdio),
      value: median(times(http).map((time, round) => time - (times(stdio)[round] ?? Number.NaN))),
      unit: "ms",
      must: { atMost: 15 },
      aim: { atMost: 5 },
    },
  ];
}

async function startStdio(subject: Subject): Promise<number> {
  const server = launch(subject);
  try {
    await server.initialize();
    await server.request("tools/list");
    return cpuMicroseconds(server.pid) / 1000;
  } finally {
    await server.stop();
  }
}

async function startHttp({ args }: Subject): Promise<number> {
  const child = spawn(process.execPath, [...args], { stdio: ["ignore", "ignore", "pipe"] });
  try {
    const port = await announcedPort(child);
    // One connection, as over stdio, and as clients keep theirs.
    const connection = new HttpConnection(port);
    const wire = await openSessionOn(connection, "2025-11-25");
    const { status } = await connection.request(post(wire, 1, "tools/list", {}));
    if (status !== 200) throw new Error(`tools/list was answered ${status}`);
    const cpu = cpuMicroseconds(child.pid as number) / 1000;
    connection.close();
    return cpu;
  } finally {
    // An orderly end, as the one over stdio: at a crash Node does not write its compile cache for the next start.
    child.kill("SIGTERM");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  }
}

/** The port in the first address the server says it listens at. */
function announcedPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.on("exit", () => reject(new Error(`the server ended before it listened: ${said}`)));
    child.stderr?.on("data", (chunk) => {
      said += chunk;
      const port = /http:\/\/[^/\s]*:(\d+)/.exec(said)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
  });
}
