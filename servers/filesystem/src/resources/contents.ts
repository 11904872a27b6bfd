import type { ReadResourceResult } from "@portico/core";
import { MEDIA_BYTES } from "../budget.ts";
import { uriOf } from "../file-uri.ts";
import { mediaTypeOf } from "../media-type.ts";
import { type Place, type Sandbox, SandboxError } from "../sandbox/index.ts";
import { decodeText } from "../text/encoding.ts";
import { TextError } from "../text/error.ts";

/** The media type of a directory. */
export const DIRECTORY_TYPE = "inode/directory";

/** Most entries of a directory in its contents. */
const MOST_ENTRIES = 5_000;

/**
 * Reads a file as text where it is text, else as bytes, and a directory as a JSON list of its entries.
 * @throws {SandboxError} when the path cannot be used, or the file is too large to be read as one piece
 */
export async function readContents(
  uri: string,
  path: string,
  files: Sandbox,
): Promise<ReadResourceResult> {
  const place = await files.resolve(path);
  const { type } = await files.info(place);
  return type === "directory" ? readDirectory(uri, place, files) : readFile(uri, place, files);
}

async function readDirectory(
  uri: string,
  place: Place,
  files: Sandbox,
): Promise<ReadResourceResult> {
  const { entries, total } = await files.list(place, { limit: MOST_ENTRIES });
  const children = entries.map(({ name, type }) => ({
    name,
    type,
    ...(type === "file" || type === "directory"
      ? { uri: uriOf(files.child(place, name).path, type === "directory") }
      : {}),
  }));
  const text = JSON.stringify({ entries: children, total });
  return { contents: [{ uri, mimeType: DIRECTORY_TYPE, text }] };
}

async function readFile(uri: string, place: Place, files: Sandbox): Promise<ReadResourceResult> {
  const { bytes, more, size } = await files.readBytes(place, { maxBytes: MEDIA_BYTES });
  if (more) {
    throw new SandboxError(
      "too-large",
      `The file has ${size} bytes, more than the ${MEDIA_BYTES} a resource may have; read it in parts with read_text_file.`,
    );
  }
  const mimeType = mediaTypeOf(place.path);
  try {
    const { text } = decodeText(bytes);
    return { contents: [{ uri, mimeType: mimeType ?? "text/plain", text }] };
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    const blob = bytes.toString("base64");
    return { contents: [{ uri, mimeType: mimeType ?? "application/octet-stream", blob }] };
  }
}
