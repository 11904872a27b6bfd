import { s, ToolError } from "@portico/core";
import type { DriveFile } from "../../files/files.ts";
import { getMeant } from "../../filing/filed.ts";
import { restate } from "../../filing/place.ts";
import { googleTool } from "../shared/google-tool.ts";
import { CHANGES, changed, changedOutput, fileId } from "./shared/changed.ts";

/** Takes a file or folder out of the trash. */
export const restoreFile = googleTool({
  name: "restore_file",
  title: "Restore File",
  description: "Take a file or folder out of the trash.",
  input: s.object({ file_id: fileId }),
  output: changedOutput,
  annotations: CHANGES,
  need: "drive.write",
  async run({ file_id: id }, google) {
    const { signal } = google;
    const meant = await getMeant(google, id, signal);
    const { trashed, explicitlyTrashed, parents } = meant.file;
    if (!trashed) return changed(meant.file);
    if (explicitlyTrashed === false) {
      throw new ToolError(
        `It is in the trash because a folder above it is; restore that one, beginning with ${parents?.[0]}.`,
      );
    }
    const restored = { body: { trashed: false }, isDone: (file: DriveFile) => !file.trashed };
    return changed(await restate(google, meant, restored, signal));
  },
});
