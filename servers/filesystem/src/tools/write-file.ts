import { s } from "@portico/core";
import { encodeText } from "../text/encoding.ts";
import { filesTool } from "./shared/files-tool.ts";
import { expectedHash, written, writtenOutput } from "./shared/written.ts";

/** Creates or replaces a text file in one step. */
export const writeFile = filesTool({
  name: "write_file",
  title: "Write File",
  description:
    "Create a text file (UTF-8), or replace the whole content of one, in one step: either all of it is written or the old file stays. Pass the hash from a read as expectedHash to be refused if the file has changed since.",
  input: s.object({
    path: s.string({ description: "File to write" }),
    content: s.string({ description: "The whole new content" }),
    expectedHash,
  }),
  output: writtenOutput,
  annotations: { readOnlyHint: false, idempotentHint: true, destructiveHint: true },
  async run({ path, content, expectedHash }, files) {
    const bytes = encodeText(content, { encoding: "utf-8", bom: false });
    const result = await files.write(await files.resolve(path), bytes, { expectedHash });
    return written(`Successfully wrote to ${path}`, result);
  },
});
