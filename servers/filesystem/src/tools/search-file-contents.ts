import { join } from "node:path";
import { Reply, s, ToolError, text } from "@portico/core";
import { ANSWER_BYTES, SEARCH_MS } from "../budget.ts";
import { filesTool } from "../files-tool.ts";
import { printable } from "../sandbox/index.ts";
import { type FileMatches, findText, type TextCursor } from "../search/find-text.ts";
import { sandboxFolder } from "../search/sandbox-folder.ts";

/** Matching lines in one answer unless the caller says otherwise. */
const USUAL_MATCHES = 200;
/** Most bytes of files read for one answer. */
const READ_BYTES = 2_000_000_000;

const context = (description: string) =>
  s.optional(s.integer({ minimum: 0, maximum: 50, default: 0, description }));

const input = s.object({
  path: s.string({ description: "Directory to search" }),
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
    const place = await files.resolve(path);
    const folder = sandboxFolder(files, place);
    const found = await findText(
      folder,
      { ...query, limit, gitignore, from: cursor === undefined ? undefined : parse(cursor) },
      { timeMs: SEARCH_MS, bytes: READ_BYTES, signal: ctx.signal },
    );
    const shown = found.files.map((file) => format(place.path, file)).join("\n--\n");
    const content = shown === "" ? "No matches found" : clipped(shown);
    const { matches, stopped } = found;
    if (!stopped) return new Reply(content, { content, matches });
    const next = JSON.stringify(stopped.next);
    const note = `Stopped at the ${stopped.reason} limit; go on with cursor: ${next}`;
    return new Reply([text(content), text(note)], { content, matches, next });
  },
});

function format(root: string, { path, lines }: FileMatches): string {
  const name = printable(join(root, path));
  return lines
    .map(({ line, text: value, column }) => {
      const mark = column === undefined ? "-" : ":";
      return `${name}${mark}${line}${mark}${value}`;
    })
    .join("\n");
}

function clipped(content: string): string {
  if (content.length <= ANSWER_BYTES) return content;
  return `${content.slice(0, ANSWER_BYTES)}\n[cut: ask for fewer matches or less context]`;
}

function parse(cursor: string): TextCursor {
  try {
    const value = JSON.parse(cursor) as TextCursor;
    if (typeof value.path === "string") return value;
  } catch {
    // Told below, like any other text that is no cursor.
  }
  throw new ToolError("That cursor is not from an earlier answer; search again without one.");
}
