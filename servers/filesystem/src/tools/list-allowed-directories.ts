import { s } from "@portico/core";
import { said, textOutput } from "./shared/answer.ts";
import { filesTool } from "./shared/files-tool.ts";

/** Names the directories this caller may use. */
export const listAllowedDirectories = filesTool({
  name: "list_allowed_directories",
  title: "List Allowed Directories",
  description:
    "List the directories this server may use; everything else is refused. Ask this first when a path is refused.",
  input: s.object({}),
  output: textOutput,
  annotations: { readOnlyHint: true },
  async run(_, files) {
    const lines = files.roots.map(({ path, readOnly }) =>
      readOnly ? `${path} (read-only)` : path,
    );
    return said(`Allowed directories:\n${lines.join("\n")}`);
  },
});
