import { constants } from "node:fs";
import { type Disk, distantDisk } from "./disk.ts";
import { type Held, mustBeFile } from "./held.ts";

/** Reads up to this many bytes directly on a local disk; more goes through the thread pool, so that other calls go on. */
const directRead = 128 * 1024;

/** A regular file open for reading. Closed when disposed. */
export interface OpenFile extends AsyncDisposable {
  /** Bytes, when it was opened; 0 for pseudo files that do not say. */
  readonly size: number;
  /** Fills `into` from `position` on, and says how many bytes there were; fewer only at the end of the file. */
  fill(into: Uint8Array, position: number): Promise<number>;
}

/** Opens a held object for reading. @throws SandboxError `is-directory`, `special-file` or `denied` */
export async function openFile(held: Held): Promise<OpenFile> {
  mustBeFile(held);
  const fd = await held.reopen(constants.O_RDONLY);
  return {
    size: held.stats.size,
    fill: (into, position) =>
      fill(into.length <= directRead ? held.disk : distantDisk, fd, into, position),
    async [Symbol.asyncDispose]() {
      await held.disk.close(fd);
    },
  };
}

async function fill(disk: Disk, fd: number, into: Uint8Array, position: number): Promise<number> {
  let filled = 0;
  while (filled < into.length) {
    const count = await disk.read(fd, into, filled, into.length - filled, position + filled);
    if (count === 0) break;
    filled += count;
  }
  return filled;
}

const firstPiece = 64 * 1024;
const nextPieces = 1024 * 1024;

/**
 * Hands out a file from `start` on, piece by piece: a small one that is there at once, then large
 * ones that leave time for other calls. A piece is only valid until the next one; only the last
 * can have an odd length.
 */
export async function* pieces(file: OpenFile, start = 0): AsyncGenerator<Buffer, void, undefined> {
  // One byte more than is left shows the end in one read; even, for the sake of 16-bit units.
  const left = Math.min(firstPiece, Math.max(file.size - start, 4096) + 2);
  let buffer = Buffer.allocUnsafe(left & ~1);
  for (let position = start; ; ) {
    const count = await file.fill(buffer, position);
    if (count > 0) yield buffer.subarray(0, count);
    if (count < buffer.length) return;
    position += count;
    if (buffer.length < nextPieces) buffer = Buffer.allocUnsafe(nextPieces);
  }
}
