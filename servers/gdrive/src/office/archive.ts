import { OfficeError } from "./error.ts";

/** Most bytes of the parts that are read, unpacked. */
const MOST_BYTES = 30_000_000;

/** Most parts a file may have, read or not. */
const MOST_PARTS = 10_000;

/**
 * The parts of an Office file whose names are wanted, as text. What the archive says of sizes is not believed.
 * @throws {OfficeError} when it is damaged, or unpacks to too much
 */
export async function partsOf(
  bytes: Uint8Array<ArrayBuffer>,
  isWanted: (name: string) => boolean,
): Promise<ReadonlyMap<string, string>> {
  const { fromBufferPromise } = await import("yauzl");
  const parts = new Map<string, string>();
  let unpacked = 0;
  try {
    const archive = await fromBufferPromise(Buffer.from(bytes.buffer), { strictFileNames: true });
    if (archive.entryCount > MOST_PARTS) throw tooMuch();
    for await (const entry of archive.eachEntry()) {
      if (!isWanted(entry.fileName)) continue;
      const chunks: Buffer[] = [];
      for await (const chunk of await archive.openReadStreamPromise(entry)) {
        unpacked += (chunk as Buffer).byteLength;
        if (unpacked > MOST_BYTES) throw tooMuch();
        chunks.push(chunk as Buffer);
      }
      parts.set(entry.fileName, Buffer.concat(chunks).toString());
    }
  } catch (error) {
    if (error instanceof OfficeError) throw error;
    throw new OfficeError(
      "The file is damaged or protected by a password; get it with download_file.",
    );
  }
  return parts;
}

/** A file says little and means a lot. */
export function tooMuch(): OfficeError {
  return new OfficeError("The file unpacks to more than is read; get it with download_file.");
}
