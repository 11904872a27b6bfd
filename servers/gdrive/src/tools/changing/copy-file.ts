import { s } from "@portico/core";
import { copyFile as copy } from "../../filing/create.ts";
import { googleTool } from "../shared/google-tool.ts";
import { ADDS, changed, changedOutput, fileId } from "./shared/changed.ts";

/** Makes a copy of a file. */
export const copyFile = googleTool({
  name: "copy_file",
  title: "Copy File",
  description: "Copy a file, beside it or into a folder. Folders are not copied.",
  input: s.object({
    file_id: fileId,
    name: s.optional(s.string({ minLength: 1 })),
    folder_id: s.optional(s.string()),
  }),
  output: changedOutput,
  annotations: ADDS,
  need: "drive.write",
  run: async ({ file_id: id, folder_id: folderId, name }, google) =>
    changed(await copy(google, id, { name, folderId }, google.signal)),
});
