import { s } from "@portico/core";
import { said, textOutput } from "./shared/answer.ts";
import { filesTool } from "./shared/files-tool.ts";

/** Creates a directory and those above it. */
export const createDirectory = filesTool({
  name: "create_directory",
  title: "Create Directory",
  description:
    "Create a directory, with any missing ones above it. Succeeds when it already exists.",
  input: s.object({ path: s.string({ description: "Directory to create" }) }),
  output: textOutput,
  annotations: { readOnlyHint: false, idempotentHint: true, destructiveHint: false },
  async run({ path }, files) {
    await files.makeDirectory(await files.resolve(path));
    return said(`Successfully created directory ${path}`);
  },
});
