import { type Output, s } from "@portico/core";
import { parseFileRef } from "../../files/file-ref.ts";
import { LISTED, seeFile } from "../../files/files.ts";
import { fileId, SOURCE, told } from "../shared/files.ts";
import { googleTool } from "../shared/google-tool.ts";

const FIELDS = `${LISTED},createdTime,description,starred,trashed,shared,version,md5Checksum,owners(displayName,emailAddress),lastModifyingUser(displayName,emailAddress),capabilities(canEdit,canComment,canShare,canDownload)`;

const output = s.object({
  id: s.string(),
  name: s.string(),
  mimeType: s.string(),
  owners: s.optional(s.array(s.object({}))),
});

type Described = Output<typeof output>;

/** Describes a file. */
export const getFileInfo = googleTool({
  name: "get_file_info",
  title: "File Info",
  description:
    "All about one file but its contents: owners, times, size, checksum, what you may do with it.",
  input: s.object({ file_id: fileId }),
  output,
  annotations: { readOnlyHint: true },
  need: "drive.read",
  async run({ file_id: text }, google) {
    const file = await seeFile(google, parseFileRef(text), google.signal, "lately", FIELDS);
    const rest = { ...file, size: undefined, webViewLink: undefined, shortcutDetails: undefined };
    return { data: { ...(rest as Described), ...told(file) }, source: SOURCE };
  },
});
