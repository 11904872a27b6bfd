import { s } from "@portico/core";
import { createShortcut as create } from "../../filing/create.ts";
import { googleTool } from "../shared/google-tool.ts";
import { ADDS, changed, changedOutput, fileId, folderId } from "./shared/changed.ts";

/** Makes a shortcut. */
export const createShortcut = googleTool({
  name: "create_shortcut",
  title: "Create Shortcut",
  description: "Create a shortcut to a file or folder.",
  input: s.object({ fileId, name: s.optional(s.string({ minLength: 1 })), folderId }),
  output: changedOutput,
  annotations: ADDS,
  need: "drive.write",
  run: async ({ fileId, ...to }, google) =>
    changed(await create(google, fileId, to, google.signal)),
});
