import type { Slot } from "./confinement.ts";
import { copyHeld, mustNotHold } from "./copy.ts";
import { errnoOf } from "./errors.ts";
import { special } from "./held.ts";
import { type Parts, placeAt, withSlots } from "./parts.ts";
import { publishDirectory, publishFile, taken } from "./publish.ts";
import { mustHoldNoRoot } from "./remove.ts";
import { measureTree, removeTree, type TreeLimits } from "./tree.ts";
import type { ChangeResult, Place } from "./types.ts";
import { missing } from "./write.ts";

/** Moves or renames a file, a link (never what it leads to) or a directory; nothing is replaced. */
export async function move(
  parts: Parts,
  from: Place,
  to: Place,
  limits: TreeLimits,
): Promise<ChangeResult> {
  return withSlots(parts, [from, to], "keep", async (source, destination) => {
    await moveSlot(parts, source, destination, limits);
    const undo = (by: Parts) => undoMove(by, source.real, destination.real, limits);
    const { real: path } = destination;
    return { entries: 1, undoable: parts.journal.record({ action: "move", path, bytes: 0, undo }) };
  });
}

async function moveSlot(
  parts: Parts,
  source: Slot,
  destination: Slot,
  limits: TreeLimits,
): Promise<void> {
  const { existing } = source;
  if (!existing) throw missing(source);
  const { stats } = existing;
  if (!stats.isFile() && !stats.isDirectory() && !stats.isSymbolicLink())
    throw special(source.real);
  if (destination.existing) throw taken(destination);
  mustHoldNoRoot(parts, source.real);
  mustNotHold(existing, destination.real);
  const { disk } = destination.directory;
  try {
    const publish = stats.isDirectory() ? publishDirectory : publishFile;
    await publish(disk, source.entry, destination);
  } catch (error) {
    if (errnoOf(error) !== "EXDEV") throw error;
    await moveAcrossDisks(parts, source, destination, limits);
  }
}

/** Between file systems there is no rename: copy, then remove. */
async function moveAcrossDisks(
  parts: Parts,
  source: Slot,
  destination: Slot,
  limits: TreeLimits,
): Promise<void> {
  const { existing, directory, name } = source;
  if (!existing) throw missing(source);
  await measureTree(parts.confinement, existing, limits);
  await copyHeld(parts, existing, destination);
  await removeTree(parts.confinement, directory, name);
}

/** Moves back what is there now: nothing is lost even if it was changed in between. */
async function undoMove(parts: Parts, from: string, to: string, limits: TreeLimits): Promise<void> {
  const { confinement } = parts;
  const places = [placeAt(confinement, to), placeAt(confinement, from)];
  await withSlots(parts, places, "keep", (source, destination) =>
    moveSlot(parts, source, destination, limits),
  );
}
