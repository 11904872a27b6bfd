import { image, type Output, s } from "@portico/core";
import { cutText } from "@portico/remote-api";
import { openFile } from "../../files/files.ts";
import { keptTextsOf } from "../../files/kept-texts.ts";
import { type Contents, readAllSheets, readContents } from "../../files/read.ts";
import { GoogleError } from "../../google/error.ts";
import { fileId } from "../shared/files.ts";
import { type Answer, googleTool } from "../shared/google-tool.ts";

/** Tokens of text in one answer. */
const USUAL_TOKENS = 8_000;

const output = s.object({
  id: s.string(),
  name: s.string(),
  mimeType: s.string({ description: "What it was read as" }),
  text: s.optional(s.string()),
  length: s.optional(s.integer({ description: "Characters in all" })),
  next_offset: s.optional(s.integer()),
});

/** Reads a file. */
export const readFile = googleTool({
  name: "read_file",
  title: "Read File",
  description:
    "Read a file: Google Docs as Markdown, Sheets as CSV (first sheet), Slides, Word, Excel, PowerPoint and PDF as text, pictures as pictures. Long texts come in parts.",
  input: s.object({
    file_id: fileId,
    offset: s.optional(s.integer({ minimum: 0, description: "next_offset of the part before" })),
    all_sheets: s.optional(
      s.boolean({ description: "Of a Google spreadsheet; dates become numbers" }),
    ),
    max_tokens: s.optional(s.integer({ minimum: 100, maximum: 50_000, default: USUAL_TOKENS })),
  }),
  output,
  annotations: { readOnlyHint: true },
  need: "drive.read",
  async run(args, google) {
    const { offset = 0, max_tokens: tokens = USUAL_TOKENS, all_sheets: isWhole = false } = args;
    // Who goes on reads what was begun.
    const when = offset > 0 ? "lately" : "now";
    const named = await openFile(google, args.file_id, google.signal, when);
    const { id, name, version } = named.file;
    const read = isWhole ? readAllSheets : readContents;
    const contents = await keptTextsOf(google.account).get(`${id} ${version} ${isWhole}`, () =>
      read(google, named, google.signal),
    );
    return answerOf({ id: id ?? "", name: name ?? "" }, contents, { offset, tokens });
  },
});

interface Part {
  readonly offset: number;
  readonly tokens: number;
}

async function answerOf(
  file: { readonly id: string; readonly name: string },
  contents: Contents,
  { offset, tokens }: Part,
): Promise<Answer<Output<typeof output>>> {
  const { mimeType } = contents;
  const source = "a file in Google Drive";
  if (contents.kind === "bytes") {
    const blocks = [image(contents.bytes, mimeType)];
    return { data: { ...file, mimeType }, blocks, source };
  }
  const { length } = contents.text;
  if (offset > length) {
    throw new GoogleError(`The text has ${length} characters; there is nothing at ${offset}.`);
  }
  const { text, isCut } = cutText(contents.text.slice(offset), tokens);
  const next = isCut ? offset + text.length : undefined;
  const note =
    next === undefined ? "" : `\n\n[${length} characters in all; go on with offset ${next}]`;
  const data = {
    ...file,
    mimeType,
    text,
    length,
    ...(next !== undefined && { next_offset: next }),
  };
  return { data, text: `${text}${note}`, source, isClean: true };
}
