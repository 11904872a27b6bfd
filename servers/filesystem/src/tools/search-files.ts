import { join } from "node:path";
import { Reply, s, text } from "@portico/core";
import { SEARCH_MS } from "../budget.ts";
import { filesTool } from "../files-tool.ts";
import { printable } from "../sandbox/index.ts";
import { findFiles } from "../search/find-files.ts";
import { sandboxFolder } from "../search/sandbox-folder.ts";

/** Most paths in one answer unless the caller says otherwise. */
const MOST_PATHS = 5_000;

/** Finds files and directories by name. */
export const searchFiles = filesTool({
  name: "search_files",
  title: "Search Files",
  description:
    "Find files and directories whose path below the given directory matches a glob: *.ts matches in the directory itself, **/*.ts at any depth. Returns full paths. To search inside files use search_file_contents.",
  input: s.object({
    path: s.string({ description: "Directory to search" }),
    pattern: s.string({ description: "Glob for the whole relative path" }),
    excludePatterns: s.optional(
      s.array(s.string(), { default: [], description: "Globs for paths to leave out" }),
    ),
    gitignore: s.optional(
      s.boolean({ default: false, description: "Leave out what .gitignore names" }),
    ),
    limit: s.optional(
      s.integer({ minimum: 1, maximum: MOST_PATHS, description: "How many paths to return" }),
    ),
    after: s.optional(s.string({ description: "Go on after this path, from an earlier answer" })),
  }),
  output: s.object({
    content: s.string(),
    next: s.optional(s.string({ description: "Pass as after to get the rest" })),
  }),
  annotations: { readOnlyHint: true },
  async run({ path, excludePatterns, limit = MOST_PATHS, after, ...query }, files, ctx) {
    const place = await files.resolve(path);
    const folder = sandboxFolder(files, place);
    const { found, stopped } = await findFiles(
      folder,
      { ...query, exclude: excludePatterns, limit, from: after },
      { timeMs: SEARCH_MS, signal: ctx.signal },
    );
    const paths = found.map((one) => printable(join(place.path, one.path)));
    const content = paths.length > 0 ? paths.join("\n") : "No matches found";
    if (!stopped) return new Reply(content, { content });
    const reason = stopped.reason === "time" ? "time limit" : "result limit";
    const note = `Stopped at the ${reason}; go on with after: ${JSON.stringify(stopped.next)}`;
    return new Reply([text(content), text(note)], { content, next: stopped.next });
  },
});
