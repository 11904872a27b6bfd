import { s } from "@portico/core";
import { getFolder, getMeant } from "../../filing/filed.ts";
import { move } from "../../filing/place.ts";
import { googleTool } from "../shared/google-tool.ts";
import { admitAudience } from "./shared/audience.ts";
import { CHANGES, changed, changedOutput, fileId } from "./shared/changed.ts";

/** Moves a file or folder. */
export const moveFile = googleTool({
  name: "move_file",
  title: "Move File",
  description: "Move a file, or a folder with all in it, into another folder (root: My Drive).",
  input: s.object({ file_id: fileId, folder_id: s.string() }),
  output: changedOutput,
  annotations: CHANGES,
  need: "drive.write",
  async run({ file_id: id, folder_id: folderId }, google, ctx) {
    const meant = await getMeant(google, id, google.signal);
    const into = await getFolder(google, folderId, google.signal);
    await admitAudience(meant, into, ctx);
    return changed(await move(google, meant, into, google.signal));
  },
});
