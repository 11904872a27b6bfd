import { s } from "@portico/core";
import { said, textOutput } from "./shared/answer.ts";
import { filesTool } from "./shared/files-tool.ts";

/** Moves or renames a file or directory. */
export const moveFile = filesTool({
  name: "move_file",
  title: "Move File",
  description:
    "Move or rename a file or directory. Never replaces anything: fails when the destination exists.",
  input: s.object({
    source: s.string({ description: "What to move" }),
    destination: s.string({ description: "Its new path" }),
  }),
  output: textOutput,
  annotations: { readOnlyHint: false, idempotentHint: false, destructiveHint: true },
  async run({ source, destination }, files) {
    await files.move(await files.resolve(source), await files.resolve(destination));
    return said(`Successfully moved ${source} to ${destination}`);
  },
});
