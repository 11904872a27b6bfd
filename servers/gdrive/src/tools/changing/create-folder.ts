import { s } from "@portico/core";
import { createFolder as create } from "../../filing/create.ts";
import { googleTool } from "../shared/google-tool.ts";
import { ADDS, changed, changedOutput, folderId, name } from "./shared/changed.ts";

/** Makes a folder. */
export const createFolder = googleTool({
  name: "create_folder",
  title: "Create Folder",
  description: "Create a folder. Drive allows several of one name: look with list_folder first.",
  input: s.object({ name, folder_id: folderId }),
  output: changedOutput,
  annotations: ADDS,
  need: "drive.write",
  run: async ({ name, folder_id: folderId }, google) =>
    changed(await create(google, { name, folderId }, google.signal)),
});
