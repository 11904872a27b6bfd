import { join } from "node:path";
import { s } from "@portico/core";
import { SEARCH_MS } from "../budget.ts";
import { printable } from "../sandbox/index.ts";
import { filesTool } from "./shared/files-tool.ts";
import { after, fitting, listed, pagedOutput } from "./shared/paging.ts";

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
    after,
  }),
  output: pagedOutput,
  annotations: { readOnlyHint: true },
  async run({ path, excludePatterns, limit = MOST_PATHS, after, ...query }, files, ctx) {
    const { findFiles, sandboxFolder } = await import("../search/index.ts");
    const place = await files.resolve(path);
    const folder = sandboxFolder(files, place);
    const limits = { timeMs: SEARCH_MS, signal: ctx.signal };
    return listed(
      await fitting(limit, async (most) => {
        const wanted = { ...query, exclude: excludePatterns, limit: most, from: after };
        const { found, ...rest } = await findFiles(folder, wanted, limits);
        const paths = found.map((one) => printable(join(place.path, one.path)));
        return { content: paths.join("\n") || "No matches found", ...rest };
      }),
    );
  },
});
