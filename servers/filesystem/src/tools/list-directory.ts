import { Reply, s, text } from "@portico/core";
import { filesTool } from "../files-tool.ts";
import { type Entry, type EntryType, printable } from "../sandbox/index.ts";

/** Most entries in one answer. */
const MOST_ENTRIES = 5_000;

const LABEL: Readonly<Record<EntryType, string>> = {
  directory: "[DIR]",
  file: "[FILE]",
  link: "[LINK]",
  other: "[OTHER]",
};

/** One line of a listing. */
export function labelled({ name, type }: Entry): string {
  return `${LABEL[type]} ${printable(name)}`;
}

/** Lists a directory. */
export const listDirectory = filesTool({
  name: "list_directory",
  title: "List Directory",
  description:
    "List a directory, sorted by name: [DIR], [FILE], [LINK] for symbolic links (never followed), [OTHER] for sockets and devices.",
  input: s.object({
    path: s.string({ description: "Directory to list" }),
    after: s.optional(s.string({ description: "Go on after this name, from an earlier answer" })),
  }),
  output: s.object({
    content: s.string(),
    next: s.optional(s.string({ description: "Pass as after to get the rest" })),
  }),
  annotations: { readOnlyHint: true },
  async run({ path, after }, files) {
    const place = await files.resolve(path);
    const { entries, total, next } = await files.list(place, { limit: MOST_ENTRIES, after });
    const content = entries.map(labelled).join("\n");
    if (next === undefined) return new Reply(content, { content });
    const note = `${entries.length} of ${total} entries; go on with after: ${JSON.stringify(next)}`;
    return new Reply([text(content), text(note)], { content, next });
  },
});
