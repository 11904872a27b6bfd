import { s } from "@portico/core";
import { type JournalEntry, printable } from "../sandbox/index.ts";
import { said, textOutput } from "./shared/answer.ts";
import { filesTool } from "./shared/files-tool.ts";

/** Takes back a change made through this server. */
export const undoChange = filesTool({
  name: "undo_change",
  title: "Undo Change",
  description:
    "Take back the newest change made through this server, or the one with an id from list_changes. Refused when the files have been changed by others since.",
  input: s.object({
    id: s.optional(s.integer({ description: "Which change; the newest when absent" })),
  }),
  output: textOutput,
  annotations: { readOnlyHint: false, idempotentHint: false, destructiveHint: true },
  async run({ id }, files) {
    return said(`Undid ${line(await files.undo(id))}`);
  },
});

/** Lists what {@link undoChange} can take back. */
export const listChanges = filesTool({
  name: "list_changes",
  title: "List Changes",
  description: "List the changes made through this server that are remembered, newest first.",
  input: s.object({}),
  output: textOutput,
  annotations: { readOnlyHint: true },
  async run(_, files) {
    const changes = files.history();
    return said(changes.length === 0 ? "No changes yet" : changes.map(line).join("\n"));
  },
});

function line({ id, action, path, at, undoable }: JournalEntry): string {
  return `${id}: ${action} ${printable(path)} at ${at.toISOString()}${undoable ? "" : " (cannot be undone)"}`;
}
