import { basename, dirname, join } from "node:path";
import { s, ToolError } from "@portico/core";
import { ANSWER_BYTES, SEARCH_MS } from "../budget.ts";
import { type Place, printable, type Sandbox } from "../sandbox/index.ts";
import type { FileMatches, Folder, TextCursor } from "../search/index.ts";
import { answer } from "./shared/answer.ts";
import { filesTool } from "./shared/files-tool.ts";
import { describeGaps, fitting, joined } from "./shared/paging.ts";

/** Matching lines in one answer unless the caller says otherwise. */
const USUAL_MATCHES = 200;
/** Most bytes of files read for one answer. */
const READ_BYTES = 2_000_000_000;

const context = (description: string) =>
  s.optional(s.integer({ minimum: 0, maximum: 50, default: 0, description }));

const input = s.object({
  path: s.string({ description: "Directory or file to search" }),
  pattern: s.string({
    minLength: 1,
    description: "Regular expression (RE2), or text with literal",
  }),
  literal: s.optional(s.boolean({ default: false, description: "Take pattern as plain text" })),
  ignoreCase: s.optional(s.boolean({ default: false })),
  include: s.optional(s.array(s.string(), { description: "Globs of files to search, as *.ts" })),
  exclude: s.optional(s.array(s.string(), { description: "Globs of files to leave out" })),
  before: context("Lines to show before each match"),
  after: context("Lines to show after each match"),
  gitignore: s.optional(
    s.boolean({ default: true, description: "Leave out what .gitignore names" }),
  ),
  limit: s.optional(
    s.integer({
      minimum: 1,
      maximum: 5_000,
      default: USUAL_MATCHES,
      description: "Matching lines",
    }),
  ),
  cursor: s.optional(s.string({ description: "Go on from here: next of an earlier answer" })),
});

/** Searches the lines of text files. */
export const searchFileContents = filesTool({
  name: "search_file_contents",
  title: "Search File Contents",
  description:
    "Search the lines of text files below a directory for a regular expression or plain text, like ripgrep. Shows path:line:text, with lines around each match on request (path-line-text). Binary files and what .gitignore names are skipped.",
  input,
  output: s.object({
    content: s.string(),
    matches: s.integer({ description: "Matching lines in this answer" }),
    next: s.optional(s.string({ description: "Pass as cursor to get the rest" })),
  }),
  annotations: { readOnlyHint: true },
  async run({ path, cursor, limit = USUAL_MATCHES, gitignore = true, ...query }, files, ctx) {
    const { explainStop, findText } = await import("../search/index.ts");
    const { folder, top } = await searched(files, await files.resolve(path));
    const from = cursor === undefined ? undefined : parseCursor(cursor);
    const limits = { timeMs: SEARCH_MS, bytes: READ_BYTES, signal: ctx.signal };
    const search = async (most: number) => {
      const found = await findText(folder, { ...query, gitignore, from, limit: most }, limits);
      return { ...found, content: found.files.map((file) => format(top, file)).join("\n--\n") };
    };
    const { content, matches, stopped, ...walk } = await fitting(limit, search, ANSWER_BYTES);
    const gaps = describeGaps(walk);
    const shown = content === "" ? "No matches found" : content;
    if (!stopped) return answer(shown, { matches }, gaps);
    const next = JSON.stringify(stopped.next);
    const rest = `${explainStop(stopped.reason)} cursor: ${next}`;
    return answer(shown, { matches, next }, joined(gaps, rest));
  },
});

/** A directory with all below it, or one file as if it were alone in its directory. */
async function searched(files: Sandbox, place: Place): Promise<{ folder: Folder; top: string }> {
  const { sandboxFolder } = await import("../search/index.ts");
  const { type } = await files.info(place);
  if (type === "directory") return { folder: sandboxFolder(files, place), top: place.path };
  const top = dirname(place.path);
  const around = sandboxFolder(files, await files.resolve(top));
  const entries = [{ name: basename(place.path), type } as const];
  return { folder: { ...around, list: () => ({ entries, more: false }) }, top };
}

function format(top: string, { path, lines }: FileMatches): string {
  const name = printable(join(top, path));
  return lines
    .map(({ line, text, column }) => {
      const mark = column === undefined ? "-" : ":";
      return `${name}${mark}${line}${mark}${text}`;
    })
    .join("\n");
}

function parseCursor(cursor: string): TextCursor {
  try {
    const { path, offset, line } = JSON.parse(cursor) as Record<string, unknown>;
    if (typeof path === "string" && isWhole(offset, 0) && isWhole(line, 1)) {
      return { path, offset, line };
    }
  } catch {
    // Told below, like any other text that is no cursor.
  }
  throw new ToolError("That cursor is not from an earlier answer; search again without one.");
}

function isWhole(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least;
}
