import { Reply, s } from "@portico/core";
import { filesTool } from "../files-tool.ts";
import { expectedHash, written, writtenOutput } from "../written.ts";

/** Adds to the end of a text file. */
export const appendFile = filesTool({
  name: "append_file",
  title: "Append to File",
  description:
    "Add text at the end of a file; creates the file if there is none. No line break is added: begin or end content with one where it is wanted.",
  input: s.object({
    path: s.string({ description: "File to append to" }),
    content: s.string({ description: "Text to add" }),
    expectedHash,
  }),
  output: writtenOutput,
  annotations: { readOnlyHint: false, idempotentHint: false, destructiveHint: false },
  async run({ path, content, expectedHash }, files) {
    const place = await files.resolve(path);
    const result = await files.append(place, Buffer.from(content), { expectedHash });
    const said = written(`Successfully appended to ${path}`, result);
    return new Reply(said.content, said);
  },
});
