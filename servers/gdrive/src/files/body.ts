import type { drive_v3 } from "@googleapis/drive";
import { GoogleError } from "../google/error.ts";
import type { Google } from "../google/google.ts";
import { at } from "../google/path.ts";
import { type FileRef, keyHeaders } from "./file-ref.ts";
import { ALL_DRIVES } from "./files.ts";

/** The bytes of a file as they arrive. */
export function openContent(
  { contents }: Google,
  ref: FileRef,
  signal: AbortSignal,
): Promise<Response> {
  const query: drive_v3.Params$Resource$Files$Get & { alt: "media" } = {
    ...ALL_DRIVES,
    alt: "media",
  };
  return contents.open(at`files/${ref.id}`, {
    query,
    headers: { ...keyHeaders(ref), accept: "*/*" },
    signal,
  });
}

/** What a file of Google's own types is as another type, as it arrives. */
export function openExport(
  { contents }: Google,
  ref: FileRef,
  mimeType: string,
  signal: AbortSignal,
): Promise<Response> {
  const query: drive_v3.Params$Resource$Files$Export = { mimeType };
  return contents.open(at`files/${ref.id}/export`, {
    query,
    headers: { ...keyHeaders(ref), accept: "*/*" },
    signal,
  });
}

/**
 * The bytes of a body, counted as they arrive.
 * @throws {GoogleError} when there are more than `most`
 */
export async function bytesOf(response: Response, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    // Leaving the loop closes the connection.
    if (bytes > most) {
      throw new GoogleError(
        `The file is larger than ${most / 1_000_000} MB, the most that is read; get it with download_file.`,
      );
    }
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
