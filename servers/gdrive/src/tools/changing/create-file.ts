import { s, ToolError } from "@portico/core";
import { contentOfText } from "../../upload/content.ts";
import { isTextual, mediaTypeOf, WRITTEN_AS } from "../../upload/media-type.ts";
import { createFile as create } from "../../upload/store.ts";
import { googleTool } from "../shared/google-tool.ts";
import { ADDS, changed, changedOutput, folderId, name } from "./shared/changed.ts";
import { admitConversion, convertTo } from "./shared/conversion.ts";

/** Makes a file of a text. */
export const createFile = googleTool({
  name: "create_file",
  title: "Create File",
  description:
    "Create a file of text, or with convertTo a Google document (of Markdown or HTML) or spreadsheet (of CSV).",
  input: s.object({
    name,
    content: s.string(),
    mimeType: s.optional(s.string({ description: "Default: by the name" })),
    convertTo,
    folderId,
  }),
  output: changedOutput,
  annotations: ADDS,
  need: "drive.write",
  async run({ name, content: text, mimeType: given, convertTo: kind, folderId }, google, ctx) {
    const named = mediaTypeOf(name);
    const usual = kind === undefined ? "text/plain" : WRITTEN_AS[kind];
    const mimeType = given ?? (kind === undefined || isTextual(named) ? named : undefined) ?? usual;
    if (!isTextual(mimeType)) {
      throw new ToolError(
        `Text makes no file of type ${mimeType}; leave its ending out of the name and use convertTo, or use upload_file.`,
      );
    }
    const content = contentOfText(text);
    if (kind !== undefined && content.size > 0) {
      await admitConversion({ kind, mimeType, content, from: "caller" }, ctx);
    }
    const progress = (bytes: number) => ctx.progress(bytes, content.size);
    const draft = { name, folderId, mimeType, kind, content };
    return changed(await create(google, draft, { progress, signal: google.signal }));
  },
});
