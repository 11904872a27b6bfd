import { s } from "@portico/core";
import { said, textOutput } from "./shared/answer.ts";
import { filesTool } from "./shared/files-tool.ts";

/** Says what is known about a file or directory without reading it. */
export const getFileInfo = filesTool({
  name: "get_file_info",
  title: "Get File Info",
  description:
    "Get size, times, type and permissions of a file or directory without reading it, and whether it may be changed.",
  input: s.object({ path: s.string({ description: "File or directory" }) }),
  output: textOutput,
  annotations: { readOnlyHint: true },
  async run({ path }, files) {
    const info = await files.info(await files.resolve(path));
    const facts = {
      size: info.size,
      created: info.created,
      modified: info.modified,
      accessed: info.accessed,
      isDirectory: info.type === "directory",
      isFile: info.type === "file",
      permissions: (info.mode & 0o777).toString(8).padStart(3, "0"),
      ...(info.readOnly && { readOnly: true }),
      ...(info.links > 1 && info.type === "file" && { hardLinks: info.links }),
    };
    return said(
      Object.entries(facts)
        .map(([name, value]) => `${name}: ${value}`)
        .join("\n"),
    );
  },
});
