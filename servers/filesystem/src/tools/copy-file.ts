import { s } from "@portico/core";
import { said, textOutput } from "./shared/answer.ts";
import { counted } from "./shared/counted.ts";
import { filesTool } from "./shared/files-tool.ts";

/** Copies a file or a whole directory. */
export const copyFile = filesTool({
  name: "copy_file",
  title: "Copy File",
  description:
    "Copy a file, or a directory with everything in it. Never replaces anything: fails when the destination exists.",
  input: s.object({
    source: s.string({ description: "What to copy" }),
    destination: s.string({ description: "Path of the copy" }),
  }),
  output: textOutput,
  annotations: { readOnlyHint: false, idempotentHint: false, destructiveHint: false },
  async run({ source, destination }, files) {
    const from = await files.resolve(source);
    const { entries } = await files.copy(from, await files.resolve(destination));
    return said(`Successfully copied ${source} to ${destination}${counted(entries)}`);
  },
});
