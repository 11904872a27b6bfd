import { s } from "@portico/core";
import { SEARCH_MS } from "../budget.ts";
import { printableJson } from "../sandbox/index.ts";
import { filesTool } from "./shared/files-tool.ts";
import { after, fitting, listed, pagedOutput } from "./shared/paging.ts";

/** Most entries in one answer unless the caller says otherwise. */
const MOST_ENTRIES = 20_000;

/** Shows a directory with everything below it. */
export const directoryTree = filesTool({
  name: "directory_tree",
  title: "Directory Tree",
  description:
    "Show a directory and everything below it as JSON: name, type (file or directory) and, for directories, children. Limit it with maxDepth, maxEntries and excludePatterns; links are not followed.",
  input: s.object({
    path: s.string({ description: "Directory to show" }),
    excludePatterns: s.optional(
      s.array(s.string(), { default: [], description: "Globs to leave out, at any depth" }),
    ),
    maxDepth: s.optional(s.integer({ minimum: 1, description: "How many levels to show" })),
    maxEntries: s.optional(
      s.integer({ minimum: 1, maximum: MOST_ENTRIES, description: "How many entries to show" }),
    ),
    sizes: s.optional(s.boolean({ default: false, description: "Add file sizes in bytes" })),
    gitignore: s.optional(
      s.boolean({ default: false, description: "Leave out what .gitignore names" }),
    ),
    after,
  }),
  output: pagedOutput,
  annotations: { readOnlyHint: true },
  async run({ path, excludePatterns, maxEntries = MOST_ENTRIES, after, ...query }, files, ctx) {
    const { formatTree, readTree, sandboxFolder } = await import("../search/index.ts");
    const folder = sandboxFolder(files, await files.resolve(path));
    const limits = { timeMs: SEARCH_MS, signal: ctx.signal };
    return listed(
      await fitting(maxEntries, async (most) => {
        const wanted = { ...query, exclude: excludePatterns, maxEntries: most, from: after };
        const { nodes, stopped, unreadable, cut } = await readTree(folder, wanted, limits);
        return { content: printableJson(formatTree(nodes)), stopped, unreadable, cut };
      }),
    );
  },
});
