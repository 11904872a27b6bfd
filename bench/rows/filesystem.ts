import { join } from "node:path";
import { launch, type Running, toolCalls } from "../measure/load-client.ts";
import { interleave, median, medianRatio } from "../measure/statistics.ts";
import type { Limit, Row } from "../row.ts";
import { officialFilesystem, ourFilesystem, type Subject } from "../subjects.ts";

/** One kind of work: which call, how often in a round, and what it must be beside the official server. */
interface Work {
  readonly what: string;
  readonly tool: string;
  readonly args: object;
  readonly callsPerRound: number;
  readonly must: Limit;
  readonly aim: Limit;
}

interface ToolResult {
  readonly isError?: boolean;
  readonly content: readonly { readonly text?: string }[];
}

/** Reading, listing and searching the generated tree `dir`, beside the official server. */
export async function filesystemRows(dir: string, rounds: number): Promise<Row[]> {
  const [ours, official] = [ourFilesystem(dir), officialFilesystem(dir)];
  const running = new Map([ours, official].map((subject) => [subject, launch(subject)]));
  try {
    for (const server of running.values()) await server.initialize();
    const rows: Row[] = [];
    for (const work of works(dir)) rows.push(await compare(work, running, ours, official, rounds));
    return rows;
  } finally {
    await Promise.all([...running.values()].map((server) => server.stop()));
  }
}

function works(dir: string): Work[] {
  return [
    {
      what: "read_text_file, 10 KB",
      tool: "read_text_file",
      args: { path: join(dir, "ten-kilobytes.txt") },
      callsPerRound: 300,
      must: { atLeast: 1.5 },
      aim: { atLeast: 2.5 },
    },
    {
      what: "directory_tree, 12k entries",
      tool: "directory_tree",
      args: { path: dir },
      callsPerRound: 1,
      must: { atLeast: 3 },
      aim: { atLeast: 7 },
    },
    {
      what: "search_files, 12k entries",
      tool: "search_files",
      args: { path: dir, pattern: "**/*.md" },
      callsPerRound: 1,
      must: { atLeast: 10 },
      aim: { atLeast: 60 },
    },
  ];
}

async function compare(
  { what, tool, args, callsPerRound, must, aim }: Work,
  running: ReadonlyMap<Subject, Running>,
  ours: Subject,
  official: Subject,
  rounds: number,
): Promise<Row> {
  const requests = toolCalls(callsPerRound, tool, args);
  const measure = async (subject: Subject) => {
    const done = (answered: number) => answered >= callsPerRound;
    const { calls, milliseconds } = await running.get(subject)!.flood(requests, 1, done);
    return milliseconds / calls;
  };
  const answers = await Promise.all(
    [ours, official].map((subject) => answerLines(running.get(subject)!, tool, args)),
  );
  await interleave([ours, official], 1, measure);
  const figures = await interleave([ours, official], rounds, measure);
  const show = (subject: Subject) => `${median(figures.get(subject)!).toFixed(2)} ms`;
  return {
    what: `${what}, vs official`,
    ours: show(ours),
    peer: show(official),
    value: medianRatio(figures.get(official)!, figures.get(ours)!),
    unit: "x",
    must,
    aim,
    ...(answers[0] === answers[1] ? {} : { note: "the answers differ" }),
  };
}

/** The lines of a call's text in order, so that answers compare whatever order a walk took. */
async function answerLines(server: Running, name: string, args: object): Promise<string> {
  const { content, isError } = await server.request<ToolResult>("tools/call", {
    name,
    arguments: args,
  });
  const text = content.map((block) => block.text ?? "").join("\n");
  if (isError) throw new Error(`${name} failed: ${text}`);
  return text.split("\n").sort().join("\n");
}
