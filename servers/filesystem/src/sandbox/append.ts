import { constants } from "node:fs";
import { writeAll } from "./complete-file.ts";
import type { Slot } from "./confinement.ts";
import { flush } from "./disk.ts";
import { contentHash, mustMatch } from "./hash.ts";
import { type Held, mustBeFile } from "./held.ts";
import { changedMeanwhile, type Parts, placeAt, withSlots } from "./parts.ts";
import { hashOf, readAll, readPart } from "./read.ts";
import type { Place, WriteResult } from "./types.ts";
import { replace, type WriteOptions } from "./write.ts";

// Larger files are not read again just to tell their hash.
const hashedUpTo = 16 * 1024 * 1024;
const rewrittenUpTo = 64 * 1024 * 1024;

/**
 * Adds bytes at the end of a file, or creates it. The file is written in place: a failure takes the
 * added part back, but a kill at the wrong moment can leave some of it.
 */
export async function append(
  parts: Parts,
  place: Place,
  bytes: Uint8Array,
  { expectedHash }: Pick<WriteOptions, "expectedHash">,
): Promise<WriteResult> {
  return withSlots(parts, [place], "follow", async (slot) => {
    const { existing } = slot;
    if (existing) mustBeFile(existing);
    if (expectedHash !== undefined)
      mustMatch(existing && (await hashOf(existing)), expectedHash, slot.real);
    if (!existing) return await replace(parts, slot, bytes, undefined);
    // Another name of the file may be outside, where nothing may change; so this name gets its own copy.
    if (existing.stats.nlink > 1) {
      const old = await readAll(existing, rewrittenUpTo);
      return await replace(parts, slot, Buffer.concat([old, bytes]), old);
    }
    return await extend(parts, slot, existing, bytes);
  });
}

async function extend(
  parts: Parts,
  slot: Slot,
  file: Held,
  bytes: Uint8Array,
): Promise<WriteResult> {
  const start = await writeAtEnd(file, bytes);
  const size = start + bytes.length;
  const hash = size <= hashedUpTo ? await hashAt(parts, slot) : undefined;
  const added = await contentHash(bytes);
  const undoable = parts.journal.record({
    action: "append",
    path: slot.real,
    bytes: 0,
    undo: (by) => undoAppend(by, slot.real, { start, length: bytes.length, hash: added }),
  });
  return { created: false, hash, size, detachedLinks: 0, undoable };
}

async function hashAt({ confinement }: Parts, slot: Slot): Promise<string | undefined> {
  using held = await confinement.child(slot.directory, slot.name);
  return held && (await hashOf(held));
}

/** Adds `bytes` and says where they start. */
async function writeAtEnd(file: Held, bytes: Uint8Array): Promise<number> {
  const { disk } = file;
  const fd = await file.reopen(constants.O_WRONLY | constants.O_APPEND);
  try {
    const { size } = await disk.fstat(fd);
    try {
      await writeAll(disk, fd, bytes);
      await flush(fd);
    } catch (error) {
      await disk.ftruncate(fd, size);
      throw error;
    }
    return size;
  } finally {
    await disk.close(fd);
  }
}

/** Cuts the added bytes off again, if the file still ends in exactly these. */
async function undoAppend(
  parts: Parts,
  real: string,
  added: { start: number; length: number; hash: string },
): Promise<void> {
  const place = placeAt(parts.confinement, real);
  await withSlots(parts, [place], "keep", async ({ existing, directory: { disk } }) => {
    if (!existing || existing.stats.size !== added.start + added.length)
      throw changedMeanwhile(real);
    const tail = await readPart(existing, added.start, added.length);
    if ((await contentHash(tail)) !== added.hash) throw changedMeanwhile(real);
    const fd = await existing.reopen(constants.O_WRONLY);
    try {
      await disk.ftruncate(fd, added.start);
      await flush(fd);
    } finally {
      await disk.close(fd);
    }
  });
}
