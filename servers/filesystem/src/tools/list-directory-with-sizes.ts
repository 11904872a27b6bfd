import { s } from "@portico/core";
import { filesTool } from "../files-tool.ts";
import { said, textOutput } from "../said.ts";
import type { SizedEntry } from "../sandbox/index.ts";
import { formatSize } from "../size.ts";
import { labelled } from "./list-directory.ts";

/** Most entries that are listed; beyond it the answer says that there are more. */
const MOST_ENTRIES = 5_000;

/** Lists a directory with the sizes of its files. */
export const listDirectoryWithSizes = filesTool({
  name: "list_directory_with_sizes",
  title: "List Directory with Sizes",
  description:
    "List a directory with file sizes and a total, sorted by name or by size. A link has its own size; what it leads to is not counted.",
  input: s.object({
    path: s.string({ description: "Directory to list" }),
    sortBy: s.optional(
      s.enum(["name", "size"], { default: "name", description: "Largest first for size" }),
    ),
  }),
  output: textOutput,
  annotations: { readOnlyHint: true },
  async run({ path, sortBy = "name" }, files) {
    const place = await files.resolve(path);
    const { entries, total } = await files.listSized(place, { limit: MOST_ENTRIES });
    const sorted = [...entries].sort(sortBy === "size" ? bySize : byName);
    return said([...sorted.map(line), ...summary(entries, total)].join("\n"));
  },
});

function bySize(a: SizedEntry, b: SizedEntry): number {
  return b.size - a.size || byName(a, b);
}

function byName(a: SizedEntry, b: SizedEntry): number {
  return a.name.localeCompare(b.name);
}

function line(entry: SizedEntry): string {
  const [label, ...name] = labelled(entry).split(" ");
  const size = entry.type === "directory" ? "" : formatSize(entry.size).padStart(10);
  return `${label} ${name.join(" ").padEnd(30)} ${size}`;
}

function summary(entries: readonly SizedEntry[], total: number): string[] {
  const directories = entries.filter(({ type }) => type === "directory").length;
  const size = entries.reduce((sum, one) => sum + (one.type === "directory" ? 0 : one.size), 0);
  return [
    "",
    `Total: ${entries.length - directories} files, ${directories} directories`,
    `Combined size: ${formatSize(size)}`,
    ...(total > entries.length
      ? [`Only the first ${entries.length} of ${total} entries, by name.`]
      : []),
  ];
}
