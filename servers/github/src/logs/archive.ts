import type { Entry } from "yauzl";
import { LogError } from "./error.ts";

/** A file of an archive. */
export interface ArchivedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** What an archive may come to. */
export interface ArchiveLimits {
  /** Most files, folders included. */
  readonly files: number;
  /** Most bytes of all files together, unpacked. */
  readonly bytes: number;
  /** Most bytes unpacked for each packed one, once there is a megabyte of them. */
  readonly ratio: number;
}

/** Beyond any honest run: a job's log compresses ten to fifty times. */
const LIMITS: ArchiveLimits = { files: 5_000, bytes: 100_000_000, ratio: 300 };

const RATIO_FROM_BYTES = 1_000_000;

/**
 * The files of a ZIP archive that `isWanted` says yes to, in the archive's order. Nothing is written anywhere. What an
 * archive says of itself is not believed: bytes are counted as they are unpacked.
 * @throws {LogError} when it is no archive, holds a name that leads out of it, or comes to more than the limits
 */
export async function readArchive(
  bytes: Uint8Array,
  isWanted: (name: string) => boolean,
  limits: ArchiveLimits = LIMITS,
): Promise<ArchivedFile[]> {
  const { default: yauzl } = await import("yauzl");
  const files: ArchivedFile[] = [];
  const account = { unpacked: 0, packed: bytes.byteLength, limits };
  try {
    const zip = await yauzl.fromBufferPromise(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      { strictFileNames: true },
    );
    if (zip.entryCount > limits.files) throw tooMany(limits);
    let read = 0;
    for await (const entry of zip.eachEntry()) {
      if (++read > limits.files) throw tooMany(limits);
      if (isFolder(entry) || !isWanted(entry.fileName)) continue;
      const stream = await zip.openReadStreamPromise(entry);
      files.push({ name: entry.fileName, bytes: await unpack(stream, account) });
    }
  } catch (error) {
    throw error instanceof LogError ? error : unreadable(error);
  }
  return files;
}

interface Account {
  unpacked: number;
  readonly packed: number;
  readonly limits: ArchiveLimits;
}

async function unpack(stream: AsyncIterable<Buffer>, account: Account): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    account.unpacked += chunk.byteLength;
    check(account);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function check({ unpacked, packed, limits }: Account): void {
  if (unpacked > limits.bytes) {
    throw new LogError(
      `The archive unpacks to more than ${limits.bytes / 1e6} MB; ask for the log of one job with job_id.`,
    );
  }
  if (unpacked > RATIO_FROM_BYTES && unpacked > packed * limits.ratio) {
    throw new LogError(
      `The archive unpacks to more than ${limits.ratio} times its size; it was not read on.`,
    );
  }
}

function isFolder({ fileName }: Entry): boolean {
  return fileName.endsWith("/");
}

function tooMany({ files }: ArchiveLimits): LogError {
  return new LogError(`The archive holds more than ${files} files; it was not read.`);
}

/** The library names what is wrong in words that may repeat what the archive says; they stay here. */
function unreadable(error: unknown): LogError {
  const leadsOut = /relative path|absolute path|characters in fileName/.test(
    (error as Error).message,
  );
  return new LogError(
    leadsOut
      ? "The archive holds a file whose name leads out of it; it was not read."
      : "The archive is damaged or no ZIP; ask for the log of one job with job_id.",
  );
}
