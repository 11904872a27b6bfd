import { s } from "@portico/core";
import { type Entry, type EntryType, printable } from "../sandbox/index.ts";
import { filesTool } from "./shared/files-tool.ts";
import { after, fitting, listed, pagedOutput } from "./shared/paging.ts";

/** Most entries in one answer. */
const MOST_ENTRIES = 5_000;

const LABEL: Readonly<Record<EntryType, string>> = {
  directory: "[DIR]",
  file: "[FILE]",
  link: "[LINK]",
  other: "[OTHER]",
};

/** What a listing puts before a name. */
export function labelOf({ type }: Entry): string {
  return LABEL[type];
}

/** Lists a directory. */
export const listDirectory = filesTool({
  name: "list_directory",
  title: "List Directory",
  description:
    "List a directory, sorted by name: [DIR], [FILE], [LINK] for symbolic links (never followed), [OTHER] for sockets and devices.",
  input: s.object({ path: s.string({ description: "Directory to list" }), after }),
  output: pagedOutput,
  annotations: { readOnlyHint: true },
  async run({ path, after }, files) {
    const place = await files.resolve(path);
    return listed(
      await fitting(MOST_ENTRIES, async (limit) => {
        const { entries, next } = await files.list(place, { limit, after });
        const content = entries.map((one) => `${labelOf(one)} ${printable(one.name)}`).join("\n");
        return { content, stopped: next === undefined ? undefined : { reason: "limit", next } };
      }),
    );
  },
});
