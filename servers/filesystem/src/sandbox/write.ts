import { constants, type Stats } from "node:fs";
import { createComplete } from "./complete-file.ts";
import type { Slot } from "./confinement.ts";
import { errnoOf, SandboxError } from "./errors.ts";
import { contentHash, mustMatch } from "./hash.ts";
import { isSame, mustBeFile } from "./held.ts";
import { changedMeanwhile, type Parts, placeAt, withSlots } from "./parts.ts";
import { quoted } from "./printable.ts";
import { publishFile, taken } from "./publish.ts";
import { hashOf, readAll } from "./read.ts";
import { discard, temporaryName } from "./temporary.ts";
import type { Place, WriteResult } from "./types.ts";

/** Under which conditions a file is written. */
export interface WriteOptions {
  /** SHA-256 the file must have now, whole or its first 12 or more hex digits. */
  readonly expectedHash?: string;
  /** Refuse when the file is not there (`replace`) or already is (`create`). Default: either will do. */
  readonly must?: "create" | "replace";
}

/** How a file that is edited is read first. */
export interface UpdateOptions extends Pick<WriteOptions, "expectedHash"> {
  /** The largest file to edit in bytes, default 64 MiB. */
  readonly maxBytes?: number;
}

/** Replaces a file in one step, or creates it. */
export async function write(
  parts: Parts,
  place: Place,
  bytes: Uint8Array,
  { expectedHash, must }: WriteOptions,
): Promise<WriteResult> {
  return withSlots(parts, [place], "follow", async (slot) => {
    if (slot.existing) mustBeFile(slot.existing);
    if (must === "create" && slot.existing) throw taken(slot);
    if (must === "replace" && !slot.existing) throw missing(slot);
    const old = await keptContent(parts, slot);
    if (expectedHash !== undefined) {
      const hash = slot.existing && (old ? await contentHash(old) : await hashOf(slot.existing));
      mustMatch(hash, expectedHash, slot.real);
    }
    return await replace(parts, slot, bytes, old);
  });
}

/**
 * Edits a file: reads it, lets `edit` make the new content, and replaces it, with no other change
 * made here in between. Nothing is written when `edit` returns undefined or throws.
 */
export async function update(
  parts: Parts,
  place: Place,
  edit: (old: Buffer) => Uint8Array | undefined | Promise<Uint8Array | undefined>,
  { expectedHash, maxBytes = 64 * 1024 * 1024 }: UpdateOptions,
): Promise<WriteResult | undefined> {
  return withSlots(parts, [place], "follow", async (slot) => {
    if (!slot.existing) throw missing(slot);
    const old = await readAll(slot.existing, maxBytes);
    if (expectedHash !== undefined) mustMatch(await contentHash(old), expectedHash, slot.real);
    const bytes = await edit(old);
    return bytes && (await replace(parts, slot, bytes, old));
  });
}

/** The refusal for a file that must be there. */
export function missing(slot: Slot): SandboxError {
  return new SandboxError(
    "not-found",
    `${quoted(slot.real)} does not exist; list its directory to see what is there.`,
  );
}

/** The content an undo needs; undefined when there is none or too much of it. */
async function keptContent({ journal }: Parts, { existing }: Slot): Promise<Buffer | undefined> {
  if (!existing || existing.stats.size > journal.bytes) return undefined;
  return readAll(existing, journal.bytes);
}

/**
 * Puts new content in place of a file in one step: a reader, a full disk or a kill finds the whole
 * old content or the whole new one. The name gets a new file, so other hard links keep the old
 * content; writing through them could change a file outside.
 */
export async function replace(
  parts: Parts,
  slot: Slot,
  bytes: Uint8Array,
  old: Buffer | undefined,
): Promise<WriteResult> {
  const before = slot.existing?.stats;
  await putInPlace(parts, slot, bytes, before);
  const hash = await contentHash(bytes);
  const result = {
    created: !before,
    hash,
    size: bytes.length,
    detachedLinks: (before?.nlink ?? 1) - 1,
  };
  const undoable = parts.journal.record({
    action: "write",
    path: slot.real,
    bytes: old?.length ?? 0,
    undo: before && !old ? undefined : (by) => undoWrite(by, slot.real, hash, old, before),
  });
  return { ...result, undoable };
}

/** Gives the name of `slot` a new file with the mode and owner of `like`. */
async function putInPlace(
  { confinement, stale }: Parts,
  slot: Slot,
  bytes: Uint8Array,
  like: Stats | undefined,
): Promise<void> {
  const { directory, existing } = slot;
  // A rename would replace even a file that its owner protected.
  if (existing) await directory.disk.access(existing.entry, constants.W_OK);
  await stale.sweep(confinement, directory);
  const temporary = temporaryName();
  await createComplete(directory, temporary, bytes, like);
  try {
    if (!existing) return await publishFile(directory.disk, directory.at(temporary), slot);
    await mustBeUnchanged(slot, existing.stats);
    confinement.mustBeWritable(slot.real);
    await directory.disk.rename(directory.at(temporary), slot.entry);
  } catch (error) {
    await discard(directory, temporary);
    throw error;
  }
}

/** Refuses when another program changed or replaced the file since it was looked at. */
async function mustBeUnchanged(slot: Slot, before: Stats): Promise<void> {
  try {
    const now = await slot.directory.disk.lstat(slot.entry);
    if (isSame(now, before) && now.size === before.size && now.mtimeMs === before.mtimeMs) return;
  } catch (error) {
    if (errnoOf(error) !== "ENOENT") throw error;
  }
  throw changedMeanwhile(slot.real);
}

async function undoWrite(
  parts: Parts,
  real: string,
  hash: string,
  old: Buffer | undefined,
  before: Stats | undefined,
): Promise<void> {
  const place = placeAt(parts.confinement, real);
  await withSlots(parts, [place], "keep", async (slot) => {
    if (!slot.existing) throw changedMeanwhile(real);
    mustMatch(await hashOf(slot.existing), hash, real);
    if (old && before) await putInPlace(parts, slot, old, before);
    else await slot.directory.disk.unlink(slot.entry);
  });
}
