import { s } from "@portico/core";
import { copyFile as copy, folderOf } from "../../filing/create.ts";
import { getMeant } from "../../filing/filed.ts";
import { googleTool } from "../shared/google-tool.ts";
import { admitAudience } from "./shared/audience.ts";
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
  async run({ file_id: id, folder_id: folderId, name }, google, ctx) {
    const meant = await getMeant(google, id, google.signal);
    const into = await folderOf(google, folderId, google.signal);
    if (into) await admitAudience(meant, into, ctx);
    return changed(await copy(google, meant, { name, into }, google.signal));
  },
});
