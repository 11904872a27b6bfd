import { s, ToolError } from "@portico/core";
import { getMeant } from "../../filing/filed.ts";
import { contentOfText } from "../../upload/content.ts";
import { checkType, isTextual, kindOfNative, WRITTEN_AS } from "../../upload/media-type.ts";
import { replaceContent } from "../../upload/store.ts";
import { googleTool } from "../shared/google-tool.ts";
import { changed, changedOutput, fileId, REPLACES } from "./shared/changed.ts";
import { admitConversion } from "./shared/conversion.ts";
import { mustBeAsSeen, mustHoldContent } from "./shared/replaceable.ts";

/** Gives a file a text for its content. */
export const updateFile = googleTool({
  name: "update_file",
  title: "Update File",
  description:
    "Replace the whole content of a file by text; of a Google document by Markdown or HTML, of a spreadsheet by CSV. What it was stays as a revision.",
  input: s.object({
    file_id: fileId,
    content: s.string({ minLength: 1 }),
    mime_type: s.optional(s.string({ description: "Default: as it is, Markdown or CSV" })),
    modified_time: s.optional(s.string({ description: "As you saw it; refused if changed since" })),
  }),
  output: changedOutput,
  annotations: REPLACES,
  need: "drive.write",
  async run({ file_id: id, content: text, mime_type: given, modified_time: seen }, google, ctx) {
    const meant = await getMeant(google, id, google.signal);
    if (seen !== undefined) mustBeAsSeen(meant.file, seen);
    const type = mustHoldContent(meant.file);
    const kind = kindOfNative(type);
    const usual = kind === undefined ? type : WRITTEN_AS[kind];
    const mimeType = given === undefined ? usual : checkType(given);
    if (!isTextual(mimeType)) {
      throw new ToolError(
        `The file is of type ${mimeType}, which is no text; upload_file replaces it by another file.`,
      );
    }
    const content = contentOfText(text);
    if (kind !== undefined) await admitConversion({ kind, mimeType, content, from: "caller" }, ctx);
    const progress = (bytes: number) => ctx.progress(bytes, content.size);
    const watch = { progress, signal: google.signal };
    return changed(await replaceContent(google, meant, { mimeType, content }, watch));
  },
});
