import { constants, promises } from "node:fs";
import { join } from "node:path";
import type { Confinement, Slot } from "./confinement.ts";
import { SandboxError } from "./errors.ts";
import { type Held, mustBeFile } from "./held.ts";
import { changedMeanwhile, type Parts, placeAt, withSlots } from "./parts.ts";
import { isWithin } from "./paths.ts";
import { quoted } from "./printable.ts";
import { publishDirectory, publishFile, taken } from "./publish.ts";
import { temporaryName } from "./temporary.ts";
import { allEntries, measureTree, removeTree, type TreeLimits } from "./tree.ts";
import { type StampBasis, stampTree } from "./tree-stamp.ts";
import type { ChangeResult, Place } from "./types.ts";

/** Copies a file or a directory with all it holds; nothing is replaced, and the copy appears complete or not at all. */
export async function copy(
  parts: Parts,
  from: Place,
  to: Place,
  limits: TreeLimits,
): Promise<ChangeResult> {
  const { confinement, journal } = parts;
  using source = await confinement.hold(from);
  return await withSlots(parts, [to], "keep", async (slot) => {
    const { entries, bytes } = await measureTree(confinement, source, limits);
    await copyHeld(parts, source, slot);
    const by = bytes <= journal.bytes ? "content" : "times";
    const stamp = await stampAt(confinement, slot, by);
    const undo = (under: Parts) => undoCopy(under, slot.real, stamp, by);
    return {
      entries,
      undoable: journal.record({ action: "copy", path: slot.real, bytes: 0, undo }),
    };
  });
}

/** Copies a held file or directory to a free name. */
export async function copyHeld(
  { confinement, stale }: Parts,
  source: Held,
  slot: Slot,
): Promise<void> {
  if (slot.existing) throw taken(slot);
  mustNotHold(source, slot.real);
  const { directory } = slot;
  await stale.sweep(confinement, directory);
  const temporary = temporaryName();
  try {
    await copyInto(confinement, source, directory, temporary);
    const publish = source.stats.isDirectory() ? publishDirectory : publishFile;
    await publish(directory.disk, directory.at(temporary), slot);
  } catch (error) {
    await removeTree(confinement, directory, temporary);
    throw error;
  }
}

/** Refuses a destination inside the directory that is moved or copied. */
export function mustNotHold(source: Held, destination: string): void {
  if (!source.stats.isDirectory() || !isWithin(destination, source.real)) return;
  throw new SandboxError(
    "invalid-path",
    `${quoted(destination)} lies inside ${quoted(source.real)}, which cannot go into itself.`,
  );
}

async function copyInto(
  confinement: Confinement,
  source: Held,
  directory: Held,
  name: string,
): Promise<void> {
  const { disk } = directory;
  if (!source.stats.isDirectory()) {
    mustBeFile(source);
    const flags = constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE;
    return await promises.copyFile(source.entry, directory.at(name), flags);
  }
  await disk.mkdir(directory.at(name), 0o700);
  using made = await confinement.child(directory, name);
  if (!made) throw changedMeanwhile(join(directory.real, name));
  for (const entry of await allEntries(source, Number.POSITIVE_INFINITY)) {
    using child = await confinement.child(source, entry.name);
    if (!child) continue;
    // A link is copied for what it says; where that leads is judged when somebody follows it.
    if (child.stats.isSymbolicLink())
      await disk.symlink(await source.disk.readlink(source.at(entry.name)), made.at(entry.name));
    else await copyInto(confinement, child, made, entry.name);
  }
  await disk.chmod(made.entry, source.stats.mode & 0o7777);
}

async function stampAt(confinement: Confinement, slot: Slot, by: StampBasis): Promise<string> {
  using held = await confinement.child(slot.directory, slot.name);
  if (!held) throw changedMeanwhile(slot.real);
  return await stampTree(confinement, held, by);
}

async function undoCopy(parts: Parts, real: string, stamp: string, by: StampBasis): Promise<void> {
  const place = placeAt(parts.confinement, real);
  await withSlots(parts, [place], "keep", async (slot) => {
    if ((await stampAt(parts.confinement, slot, by)) !== stamp) throw changedMeanwhile(real);
    await removeTree(parts.confinement, slot.directory, slot.name);
  });
}
