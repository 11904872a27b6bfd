import { join } from "node:path";
import { type Contest, compareCalls } from "../measure/compare-calls.ts";
import { launch, type Running, toolCalls } from "../measure/load-client.ts";
import type { Limit, Row } from "../row.ts";
import { officialFilesystem, ourFilesystem } from "../subjects.ts";

/** One kind of work: which call, how often in a round, and what it must be beside the official server. */
interface Kind {
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
  const [ours, peer] = [launch(ourFilesystem(dir)), launch(officialFilesystem(dir))];
  try {
    await Promise.all([ours.initialize(), peer.initialize()]);
    const rows: Row[] = [];
    for (const work of works(dir)) {
      rows.push(await compare(work, { ours, peer, peerName: "official" }, rounds));
    }
    return rows;
  } finally {
    await Promise.all([ours.stop(), peer.stop()]);
  }
}

function works(dir: string): Kind[] {
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
  { tool, args, callsPerRound, ...limits }: Kind,
  contest: Contest,
  rounds: number,
): Promise<Row> {
  const requests = toolCalls(callsPerRound, tool, args);
  const [mine, theirs] = await Promise.all(
    [contest.ours, contest.peer].map((server) => answerLines(server, tool, args)),
  );
  const note = mine === theirs ? undefined : "the answers differ";
  return compareCalls({ ...limits, requests: () => requests, note }, contest, rounds);
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
