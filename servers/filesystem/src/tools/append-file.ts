import { s } from "@portico/core";
import type { Place, Sandbox } from "../sandbox/index.ts";
import { detectFormat, encodeText, type TextFormat } from "../text/encoding.ts";
import { TextError } from "../text/error.ts";
import { filesTool } from "./shared/files-tool.ts";
import { expectedHash, written, writtenOutput } from "./shared/written.ts";

/** Enough of a file to tell its encoding. */
const SAMPLE_BYTES = 8_192;

/** Adds to the end of a text file. */
export const appendFile = filesTool({
  name: "append_file",
  title: "Append to File",
  description:
    "Add text at the end of a file, in the file's own encoding; creates the file if there is none. No line break is added: begin or end content with one where it is wanted.",
  input: s.object({
    path: s.string({ description: "File to append to" }),
    content: s.string({ description: "Text to add" }),
    expectedHash,
  }),
  output: writtenOutput,
  annotations: { readOnlyHint: false, idempotentHint: false, destructiveHint: false },
  async run({ path, content, expectedHash }, files) {
    const place = await files.resolve(path);
    const { encoding } = await formatOf(files, place);
    const bytes = encodeText(content, { encoding, bom: false });
    const result = await files.append(place, bytes, { expectedHash });
    return written(`Successfully appended to ${path}`, result);
  },
});

async function formatOf(files: Sandbox, place: Place): Promise<TextFormat> {
  const format = detectFormat(await sampleOf(files, place));
  if (format) return format;
  throw new TextError("binary", "The file is binary, not text, so no text can be added to it.");
}

async function sampleOf(files: Sandbox, place: Place): Promise<Buffer> {
  try {
    return (await files.readBytes(place, { length: SAMPLE_BYTES })).bytes;
  } catch (error) {
    if (isMissing(error)) return Buffer.alloc(0);
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "not-found";
}
