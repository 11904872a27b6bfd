import { type Context, confirm, s, ToolError } from "@portico/core";
import type { Deps } from "../deps.ts";
import { type Place, printable } from "../sandbox/index.ts";
import { said, textOutput } from "./shared/answer.ts";
import { counted } from "./shared/counted.ts";
import { filesTool } from "./shared/files-tool.ts";

/** Deletes a file or directory, after the user has agreed. */
export const deleteFile = filesTool({
  name: "delete_file",
  title: "Delete File",
  description:
    "Delete a file, or with recursive a directory and everything in it. The user is asked first. Can be taken back with undo_change unless it was too large.",
  input: s.object({
    path: s.string({ description: "What to delete" }),
    recursive: s.optional(
      s.boolean({ default: false, description: "Delete a directory that is not empty" }),
    ),
  }),
  output: textOutput,
  annotations: { readOnlyHint: false, idempotentHint: false, destructiveHint: true },
  async run({ path, recursive = false }, files, ctx) {
    const place = await files.resolve(path);
    if (place.root.readOnly) throw new ToolError(`${path} may only be read; nothing was deleted.`);
    // Asking leaves this handler, which looks again when it is entered with the answer.
    const { entries, undoable } = await files.remove(place, {
      contents: recursive ? "remove" : "refuse",
      ...(ctx.deps.deleteUnasked ? {} : { agree: () => askUser(place, recursive, ctx) }),
    });
    const note = undoable ? "" : "\nNote: this was too large to undo.";
    return said(`Successfully deleted ${path}${counted(entries)}${note}`);
  },
});

async function askUser(place: Place, recursive: boolean, ctx: Context<Deps>): Promise<void> {
  const name = printable(place.path);
  const question = confirm(`Delete ${name}${recursive ? " and everything in it" : ""}?`);
  if (!ctx.can(question)) {
    throw new ToolError(
      "Deleting needs the user's consent, and this client cannot ask for it. Ask the user to start the server with --yes, or to delete it themselves.",
    );
  }
  const { action } = await ctx.ask("delete", question);
  if (action !== "accept") throw new ToolError("The user did not agree; nothing was deleted.");
}
