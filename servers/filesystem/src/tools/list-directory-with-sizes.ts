import { s } from "@portico/core";
import { printable, type SizedEntry } from "../sandbox/index.ts";
import { labelOf } from "./list-directory.ts";
import { filesTool } from "./shared/files-tool.ts";
import { formatSize } from "./shared/format-size.ts";
import { after, fitting, listed, pagedOutput } from "./shared/paging.ts";

/** Most entries in one answer. */
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
    after,
  }),
  output: pagedOutput,
  annotations: { readOnlyHint: true },
  async run({ path, sortBy = "name", after }, files) {
    const place = await files.resolve(path);
    const { compare } = new Intl.Collator();
    const byName = (a: SizedEntry, b: SizedEntry) => compare(a.name, b.name);
    const bySize = (a: SizedEntry, b: SizedEntry) => b.size - a.size || byName(a, b);
    return listed(
      await fitting(MOST_ENTRIES, async (limit) => {
        const { entries, next } = await files.listSized(place, { limit, after });
        const sorted = [...entries].sort(sortBy === "size" ? bySize : byName);
        const content = [...sorted.map(line), ...summary(entries)].join("\n");
        return { content, stopped: next === undefined ? undefined : { reason: "limit", next } };
      }),
    );
  },
});

function line(entry: SizedEntry): string {
  const size = entry.type === "directory" ? "" : formatSize(entry.size).padStart(10);
  return `${labelOf(entry)} ${printable(entry.name).padEnd(30)} ${size}`;
}

function summary(entries: readonly SizedEntry[]): string[] {
  const files = entries.filter(({ type }) => type !== "directory");
  const size = files.reduce((sum, one) => sum + one.size, 0);
  return [
    "",
    `Total: ${files.length} files, ${entries.length - files.length} directories`,
    `Combined size: ${formatSize(size)}`,
  ];
}
