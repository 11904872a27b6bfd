import { s } from "@portico/core";
import { listFiles } from "../../files/files.ts";
import { queryFor } from "../../files/query.ts";
import { folderId, folderOf, OPTIONAL, paging, USUAL_ITEMS } from "../shared/files.ts";
import { googleTool } from "../shared/google-tool.ts";
import { fieldsOf, placeOf } from "../shared/listed.ts";
import { answerOf, filesOutput } from "./search.ts";

/** Looks into a folder. */
export const listFolder = googleTool({
  name: "list_folder",
  title: "List Folder",
  description: "What lies in a folder (My Drive when absent), folders first.",
  input: s.object({ folder_id: s.optional(folderId), ...paging, fields: fieldsOf(OPTIONAL) }),
  output: filesOutput,
  annotations: { readOnlyHint: true },
  need: "drive.read",
  async run({ folder_id: folder = "root", page_size: pageSize = USUAL_ITEMS, ...args }, google) {
    const place = placeOf(args.cursor);
    const q = queryFor({ folder: folderOf(folder) });
    const listing = { q, pageSize, cursor: place.token, orderBy: "folder,name_natural" };
    return answerOf(await listFiles(google, listing, google.signal), place, args.fields);
  },
});
