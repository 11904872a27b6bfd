import { s } from "@portico/core";
import { getMeant } from "../../filing/filed.ts";
import { restate } from "../../filing/place.ts";
import { googleTool } from "../shared/google-tool.ts";
import { CHANGES, changed, changedOutput, fileId, name } from "./shared/changed.ts";

/** Gives a file or folder another name. */
export const renameFile = googleTool({
  name: "rename_file",
  title: "Rename File",
  description: "Rename a file or folder.",
  input: s.object({ file_id: fileId, name }),
  output: changedOutput,
  annotations: CHANGES,
  need: "drive.write",
  async run({ file_id: id, name }, google) {
    const { signal } = google;
    const meant = await getMeant(google, id, signal);
    const renamed = {
      body: { name },
      isDone: (file: { name?: string | null }) => file.name === name,
    };
    return changed(await restate(google, meant, renamed, signal));
  },
});
