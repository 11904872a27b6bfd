import type { Confinement } from "./confinement.ts";
import { SandboxError, toSandboxError } from "./errors.ts";
import { contentHash, startHash } from "./hash.ts";
import type { Held } from "./held.ts";
import { type OpenFile, openFile, pieces } from "./open-file.ts";
import { quoted } from "./printable.ts";
import type { Place, ReadResult } from "./types.ts";

/** What part of a file to read. */
export interface ReadOptions {
  /** First byte wanted, default 0. */
  readonly offset?: number;
  /** Bytes wanted, default as many as there are. */
  readonly length?: number;
  /** The most bytes to hand out, default 10 MiB; `more` tells when there would have been others. */
  readonly maxBytes?: number;
}

const defaultBudget = 10 * 1024 * 1024;
const hashedAtOnce = 128 * 1024;

/** Reads part of a file without ever holding more than was asked for. */
export async function readBytes(
  confinement: Confinement,
  place: Place,
  { offset = 0, length = Number.POSITIVE_INFINITY, maxBytes = defaultBudget }: ReadOptions,
): Promise<ReadResult> {
  using held = await confinement.hold(place);
  await using file = await openFile(held);
  const wanted = Math.min(length, maxBytes);
  const bytes =
    file.size > 0 ? await readKnown(file, offset, wanted) : await readUnknown(file, offset, wanted);
  const size = Math.max(file.size, bytes.length);
  const more = offset + bytes.length < file.size || (file.size === 0 && bytes.length === wanted);
  return { bytes, offset, size, more };
}

async function readKnown(file: OpenFile, offset: number, wanted: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(wanted, file.size - offset)));
  const count = await file.fill(bytes, offset);
  return count === bytes.length ? bytes : bytes.subarray(0, count);
}

/** Files of `/proc` and the like say they are empty and have content all the same. */
async function readUnknown(file: OpenFile, offset: number, wanted: number): Promise<Buffer> {
  const found: Buffer[] = [];
  let left = wanted;
  for await (const piece of pieces(file, offset)) {
    found.push(Buffer.from(piece.subarray(0, left)));
    left -= piece.length;
    if (left <= 0) break;
  }
  return Buffer.concat(found);
}

/** A known part of a held file. */
export async function readPart(held: Held, offset: number, length: number): Promise<Buffer> {
  await using file = await openFile(held);
  return await readKnown(file, offset, length);
}

/** The whole content of a held file. @throws SandboxError `too-large` beyond `maxBytes` */
export async function readAll(held: Held, maxBytes: number): Promise<Buffer> {
  await using file = await openFile(held);
  if (file.size > maxBytes)
    throw new SandboxError(
      "too-large",
      `${quoted(held.real)} has ${file.size} bytes, more than the ${maxBytes} that can be changed at once.`,
    );
  return await (file.size > 0 ? readKnown(file, 0, file.size) : readUnknown(file, 0, maxBytes));
}

/** SHA-256 of a held file's content, computed in pieces: any size in constant memory. */
export async function hashOf(held: Held, signal?: AbortSignal): Promise<string> {
  await using file = await openFile(held);
  if (file.size > 0 && file.size <= hashedAtOnce)
    return await contentHash(await readKnown(file, 0, file.size));
  const hash = await startHash();
  for await (const piece of pieces(file)) {
    signal?.throwIfAborted();
    hash.update(piece);
  }
  return hash.digest("hex");
}

/** Hands out a file from `offset` on: 64 KiB, then a MiB at a time, each a buffer of its own. */
export async function* readPieces(
  confinement: Confinement,
  place: Place,
  offset: number,
): AsyncGenerator<Buffer, void, undefined> {
  try {
    using held = await confinement.hold(place);
    await using file = await openFile(held);
    for await (const piece of pieces(file, offset)) yield Buffer.from(piece);
  } catch (error) {
    throw toSandboxError(error, quoted(place.path));
  }
}
