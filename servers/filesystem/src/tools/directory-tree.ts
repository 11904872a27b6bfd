import { Reply, s, text } from "@portico/core";
import { SEARCH_MS } from "../budget.ts";
import { filesTool } from "../files-tool.ts";
import { sandboxFolder } from "../search/sandbox-folder.ts";
import { formatTree, readTree } from "../search/tree.ts";

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
    after: s.optional(s.string({ description: "Go on after this path, from an earlier answer" })),
  }),
  output: s.object({
    content: s.string(),
    next: s.optional(s.string({ description: "Pass as after to get the rest" })),
  }),
  annotations: { readOnlyHint: true },
  async run({ path, excludePatterns, maxEntries = MOST_ENTRIES, after, ...query }, files, ctx) {
    const folder = sandboxFolder(files, await files.resolve(path));
    const { nodes, stopped } = await readTree(
      folder,
      { ...query, exclude: excludePatterns, maxEntries, from: after },
      { timeMs: SEARCH_MS, signal: ctx.signal },
    );
    const content = formatTree(nodes);
    if (!stopped) return new Reply(content, { content });
    const reason = stopped.reason === "time" ? "time limit" : "entry limit";
    const note = `Stopped at the ${reason}; go on with after: ${JSON.stringify(stopped.next)}`;
    return new Reply([text(content), text(note)], { content, next: stopped.next });
  },
});
