import fs from "node:fs";
import path from "node:path";
import type { CallToolResult, Client } from "@portico/core";
import { makeScratch } from "@portico/testing-servers";
import { openBinary, openOfficial } from "./servers.ts";

/** What a tool answered, for comparison. */
export interface Answer {
  readonly isError: boolean;
  readonly blocks: readonly string[];
  readonly structured: unknown;
}

/** Our server and the official one, as processes that get the same calls. */
export interface Pair {
  readonly ours: Client;
  readonly theirs: Client;
  /** Both answers to one call. */
  answer(tool: string, args: object): Promise<[our: Answer, their: Answer]>;
  close(): Promise<void>;
}

/** Starts both, each with an empty memory. Close them. */
export async function openPair(): Promise<Pair> {
  const dir = makeScratch();
  const [ours, theirs] = await Promise.all([
    openBinary(["--file", path.join(dir, "ours.db")]),
    openOfficial(path.join(dir, "theirs.jsonl")),
  ]);
  return {
    ours,
    theirs,
    async answer(tool, args) {
      const [our, their] = await Promise.all([
        ours.callTool(tool, args),
        theirs.callTool(tool, args),
      ]);
      return [answerOf(our), answerOf(their)];
    },
    async close() {
      await Promise.all([ours.close(), theirs.close()]);
      fs.rmSync(dir, { recursive: true });
    },
  };
}

function answerOf(result: CallToolResult): Answer {
  return {
    isError: result.isError === true,
    blocks: result.content.map((block) => (block.type === "text" ? block.text : block.type)),
    structured: result.structuredContent ?? null,
  };
}
