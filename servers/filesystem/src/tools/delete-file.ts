import { confirm, s, ToolError } from "@portico/core";
import { filesTool } from "../files-tool.ts";
import { said, textOutput } from "../said.ts";

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
    if (!ctx.deps.deleteUnasked) {
      const question = confirm(`Delete ${place.path}${recursive ? " and everything in it" : ""}?`);
      if (!ctx.can(question)) {
        throw new ToolError(
          "Deleting needs the user's consent, and this client cannot ask for it. Ask the user to start the server with --yes, or to delete it themselves.",
        );
      }
      const { action } = await ctx.ask("delete", question);
      if (action !== "accept") throw new ToolError("The user did not agree; nothing was deleted.");
    }
    const { entries, undoable } = await files.remove(place, {
      contents: recursive ? "remove" : "refuse",
    });
    const note = undoable ? "" : "\nNote: this was too large to undo.";
    return said(`Successfully deleted ${path} (${entries} entries)${note}`);
  },
});
