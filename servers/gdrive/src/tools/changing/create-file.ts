import { s, ToolError } from "@portico/core";
import { contentOfText } from "../../upload/content.ts";
import { checkType, isTextual, mediaTypeOf, WRITTEN_AS } from "../../upload/media-type.ts";
import { createFile as create } from "../../upload/store.ts";
import { googleTool } from "../shared/google-tool.ts";
import { ADDS, changed, changedOutput, folderId, name } from "./shared/changed.ts";
import { admitConversion, convertTo } from "./shared/conversion.ts";

/** Makes a file of a text. */
export const createFile = googleTool({
  name: "create_file",
  title: "Create File",
  description:
    "Create a file of text, or with convert_to a Google document (of Markdown or HTML) or spreadsheet (of CSV).",
  input: s.object({
    name,
    content: s.string(),
    mime_type: s.optional(s.string({ description: "Default: by the name" })),
    convert_to: convertTo,
    folder_id: folderId,
  }),
  output: changedOutput,
  annotations: ADDS,
  need: "drive.write",
  async run({ name, content: text, convert_to: kind, ...args }, google, ctx) {
    const named = mediaTypeOf(name);
    const usual = kind === undefined ? "text/plain" : WRITTEN_AS[kind];
    const byName = kind === undefined || isTextual(named) ? named : undefined;
    const mimeType = args.mime_type === undefined ? (byName ?? usual) : checkType(args.mime_type);
    if (!isTextual(mimeType)) {
      throw new ToolError(
        `Text makes no file of type ${mimeType}; leave its ending out of the name and use convert_to, or use upload_file.`,
      );
    }
    const content = contentOfText(text);
    if (kind !== undefined && content.size > 0) {
      await admitConversion({ kind, mimeType, content, from: "caller" }, ctx);
    }
    const progress = (bytes: number) => ctx.progress(bytes, content.size);
    const draft = { name, folderId: args.folder_id, mimeType, kind, content };
    return changed(await create(google, draft, { progress, signal: google.signal }));
  },
});
