import { type Context, s } from "@portico/core";
import type { Deps } from "../../deps.ts";
import type { DriveFile } from "../../files/files.ts";
import { FOLDER } from "../../files/kinds.ts";
import { getMeant } from "../../filing/filed.ts";
import { countEntries, restate } from "../../filing/place.ts";
import type { Reach } from "../../reach.ts";
import { googleTool } from "../shared/google-tool.ts";
import { changed, changedOutput, fileId, REPLACES } from "./shared/changed.ts";
import { askFirst, shown } from "./shared/consent.ts";

/** Puts a file or folder into the trash. */
export const trashFile = googleTool({
  name: "trash_file",
  title: "Trash File",
  description:
    "Move a file or folder to the trash, for 30 days. Asks the user about a folder that is not empty.",
  input: s.object({ file_id: fileId }),
  output: changedOutput,
  annotations: REPLACES,
  need: "drive.write",
  async run({ file_id: id }, google, ctx) {
    const { signal } = google;
    const meant = await getMeant(google, id, signal);
    if (meant.file.trashed) return changed(meant.file);
    if (meant.file.mimeType === FOLDER) await askAboutFolder(meant.file, google, ctx);
    const trashed = { body: { trashed: true }, isDone: (file: DriveFile) => file.trashed === true };
    return changed(await restate(google, meant, trashed, signal));
  },
});

async function askAboutFolder(folder: DriveFile, google: Reach, ctx: Context<Deps>): Promise<void> {
  const { count, isMore } = await countEntries(google, folder.id ?? "", google.signal);
  if (count === 0) return;
  const entries = `${isMore ? "more than " : ""}${count} ${count === 1 ? "entry" : "entries"}`;
  await askFirst(ctx, {
    question: `Move the folder ${await shown(folder.name)} with ${entries} to the trash?`,
    what: `The folder holds ${entries}; trashing it`,
    otherwise: "ask the user to do it in Drive, or trash what is in it first.",
  });
}
