import { s, ToolError } from "@portico/core";
import { readLines, readWhole, type TextRead } from "../read-text.ts";
import type { LineRange, Sandbox } from "../sandbox/index.ts";
import { answer, textOutput } from "./shared/answer.ts";
import { filesTool } from "./shared/files-tool.ts";

const line = (description: string) => s.optional(s.integer({ minimum: 1, description }));

const path = s.string({ description: "File to read" });
const head = line("Return only the first N lines");
const tail = line("Return only the last N lines");

/** Reads a text file, whole or in part. */
export const readTextFile = filesTool({
  name: "read_text_file",
  title: "Read Text File",
  description:
    "Read a text file: the whole of it, its first lines (head), its last (tail), or a range (startLine, endLine). UTF-8 and UTF-16 are understood. Long files come in parts; nextLine says where to go on. Pass the hash in the answer as expectedHash to a later write or edit.",
  input: s.object({
    path,
    head,
    tail,
    startLine: line("First line to return, counted from 1"),
    endLine: line("Last line to return; to the end when absent"),
  }),
  output: s.object({
    content: s.string(),
    hash: s.optional(s.string({ description: "SHA-256 of the whole file" })),
    nextLine: s.optional(s.integer({ description: "startLine of the rest" })),
    totalLines: s.optional(s.integer()),
  }),
  annotations: { readOnlyHint: true },
  async run({ path, ...args }, files) {
    const { content, note, ...facts } = await read(files, path, args);
    return answer(content, facts, note);
  },
});

/** The older name of {@link readTextFile}, with the arguments it had. */
export const readFile = filesTool({
  name: "read_file",
  title: "Read File (Deprecated)",
  description: "Older name of read_text_file; use that instead.",
  input: s.object({ path, head, tail }),
  output: textOutput,
  annotations: { readOnlyHint: true },
  async run({ path, ...args }, files) {
    const { content, note } = await read(files, path, args);
    return answer(content, {}, note);
  },
});

interface Part {
  readonly head?: number;
  readonly tail?: number;
  readonly startLine?: number;
  readonly endLine?: number;
}

async function read(files: Sandbox, path: string, part: Part): Promise<TextRead> {
  const range = rangeOf(part);
  const place = await files.resolve(path);
  return range ? readLines(files, place, range) : readWhole(files, place);
}

function rangeOf({ head, tail, startLine, endLine }: Part): LineRange | undefined {
  const ways = [head, tail, startLine ?? endLine].filter((way) => way !== undefined);
  if (ways.length > 1) {
    throw new ToolError("Use only one of head, tail, and startLine/endLine.");
  }
  if (head !== undefined) return { head };
  if (tail !== undefined) return { tail };
  if (startLine === undefined && endLine === undefined) return undefined;
  const from = startLine ?? 1;
  if (endLine !== undefined && endLine < from) {
    throw new ToolError(`endLine ${endLine} comes before startLine ${from}.`);
  }
  return { from, ...(endLine !== undefined && { to: endLine }) };
}
