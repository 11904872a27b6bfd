import { Reply, s, ToolError, text } from "@portico/core";
import { filesTool } from "../files-tool.ts";
import { readLines, readWhole } from "../read-text.ts";
import type { LineRange } from "../sandbox/index.ts";

const line = (description: string) => s.optional(s.integer({ minimum: 1, description }));

const input = s.object({
  path: s.string({ description: "File to read" }),
  head: line("Return only the first N lines"),
  tail: line("Return only the last N lines"),
  startLine: line("First line to return, counted from 1"),
  endLine: line("Last line to return; to the end when absent"),
});

const output = s.object({
  content: s.string(),
  hash: s.optional(s.string({ description: "SHA-256 of the file; pass it as expectedHash" })),
  nextLine: s.optional(s.integer({ description: "Where to go on when the answer was cut" })),
  totalLines: s.optional(s.integer()),
});

type Args = { head?: number; tail?: number; startLine?: number; endLine?: number };

function define(name: string, title: string, description: string) {
  return filesTool({
    name,
    title,
    description,
    input,
    output,
    annotations: { readOnlyHint: true },
    async run({ path, ...args }, files) {
      const range = rangeOf(args);
      const place = await files.resolve(path);
      const { note, ...read } = await (range
        ? readLines(files, place, range)
        : readWhole(files, place));
      return new Reply(note ? [text(read.content), text(note)] : [text(read.content)], read);
    },
  });
}

/** Reads a text file, whole or in part. */
export const readTextFile = define(
  "read_text_file",
  "Read Text File",
  "Read a text file: the whole of it, its first lines (head), its last (tail), or a range (startLine, endLine). UTF-8 and UTF-16 are understood. Long files come in parts; nextLine says where to go on. The hash in the answer can be passed as expectedHash to a later write or edit.",
);

/** The older name of {@link readTextFile}. */
export const readFile = define(
  "read_file",
  "Read File (Deprecated)",
  "Older name of read_text_file; use that instead.",
);

function rangeOf({ head, tail, startLine, endLine }: Args): LineRange | undefined {
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
