import { s } from "@portico/core";
import { openContent, openExport } from "../../files/body.ts";
import { openFile } from "../../files/files.ts";
import { downloadedAs, FORMATS, type Format, isGoogleType, kindOf } from "../../files/kinds.ts";
import { GoogleError } from "../../google/error.ts";
import { fittingName } from "../../jail/name.ts";
import { fileId } from "../shared/files.ts";
import { googleTool } from "../shared/google-tool.ts";

const NAMES = Object.keys(FORMATS) as Format[];

/** Puts a file into the operator's folder. */
export const downloadFile = googleTool({
  name: "download_file",
  title: "Download File",
  description:
    "Save a file in the server's download folder; Google's own as docx, xlsx, pptx or png, or as format says.",
  input: s.object({
    file_id: fileId,
    name: s.optional(s.string({ description: "File name; its own when absent" })),
    format: s.optional(s.enum(NAMES)),
    overwrite: s.optional(s.boolean({ default: false })),
  }),
  output: s.object({ name: s.string(), bytes: s.integer(), mimeType: s.string() }),
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true },
  need: "drive.read",
  isOffered: ({ downloads }) => downloads !== undefined,
  async run({ file_id: text, name, format, overwrite = false }, google, ctx) {
    const { downloads } = ctx.deps;
    if (!downloads) throw new GoogleError("The operator named no folder with --download-dir.");
    const { file, ref } = await openFile(google, text, google.signal);
    const type = file.mimeType ?? "application/octet-stream";
    const wanted = isGoogleType(type) ? (format ?? downloadedAs(type)) : undefined;
    if (isGoogleType(type) && !wanted) {
      throw new GoogleError(`The file is ${kindOf(type)}; say with format what to save it as.`);
    }
    if (format && !wanted) {
      throw new GoogleError(
        `The file is ${kindOf(type)}, which Google saves as nothing else; leave format out.`,
      );
    }
    const mimeType = wanted ? FORMATS[wanted] : type;
    const response = await (wanted
      ? openExport(google, ref, mimeType, google.signal)
      : openContent(google, ref, google.signal));
    const saved = name ?? nameOf(file.name ?? "file", wanted);
    const total = wanted ? undefined : Number(file.size);
    const pieces = counted(response, (bytes) => ctx.progress(bytes, total));
    const bytes = await downloads.write(google.owner, saved, pieces, { overwrite });
    return { data: { name: saved, bytes, mimeType } };
  },
});

/** The pieces of a body, after each of which `arrived` hears how many bytes there were. */
async function* counted(
  { body }: Response,
  arrived: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of body ?? []) {
    bytes += piece.byteLength;
    yield piece;
    arrived(bytes);
  }
}

/** The name of a file as a folder can have it, with the ending of its format. */
function nameOf(name: string, format: Format | undefined): string {
  const end = format === undefined ? "" : `.${format}`;
  return fittingName(name.endsWith(end) ? name.slice(0, name.length - end.length) : name, end);
}
