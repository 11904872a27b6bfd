import { s } from "@portico/core";
import { createShortcut as create } from "../../filing/create.ts";
import { googleTool } from "../shared/google-tool.ts";
import { ADDS, changed, changedOutput, fileId, folderId } from "./shared/changed.ts";

/** Makes a shortcut. */
export const createShortcut = googleTool({
  name: "create_shortcut",
  title: "Create Shortcut",
  description: "Create a shortcut to a file or folder.",
  input: s.object({
    file_id: fileId,
    name: s.optional(s.string({ minLength: 1 })),
    folder_id: folderId,
  }),
  output: changedOutput,
  annotations: ADDS,
  need: "drive.write",
  run: async ({ file_id: id, folder_id: folderId, name }, google) =>
    changed(await create(google, id, { name, folderId }, google.signal)),
});
