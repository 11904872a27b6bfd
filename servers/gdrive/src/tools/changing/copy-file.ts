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
    fileId,
    name: s.optional(s.string({ minLength: 1 })),
    folderId: s.optional(s.string()),
  }),
  output: changedOutput,
  annotations: ADDS,
  need: "drive.write",
  run: async ({ fileId, ...to }, google) => changed(await copy(google, fileId, to, google.signal)),
});
