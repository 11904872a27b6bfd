import type { Slot } from "./confinement.ts";
import { errnoOf, SandboxError } from "./errors.ts";
import { type Held, special } from "./held.ts";
import { batches } from "./list.ts";
import { type Parts, placeAt, withSlots } from "./parts.ts";
import { quoted } from "./printable.ts";
import { putBack, type Snapshot, takeSnapshot } from "./snapshot.ts";
import { measureTree, removeTree } from "./tree.ts";
import type { ChangeResult, Place } from "./types.ts";
import { missing } from "./write.ts";

/** What may be removed at once. */
export interface RemoveOptions {
  /** How to treat a directory that is not empty. Default `refuse`. */
  readonly contents?: "refuse" | "remove";
  /** The most entries to remove, default 100,000. */
  readonly maxEntries?: number;
  /** Called when nothing stands in the way of removing; what it throws leaves everything as it is. */
  readonly agree?: () => Promise<void>;
}

/** Removes a file, a link (never what it leads to) or a directory. */
export async function remove(
  parts: Parts,
  place: Place,
  { contents = "refuse", maxEntries, agree }: RemoveOptions,
): Promise<ChangeResult> {
  const { confinement, journal } = parts;
  return withSlots(parts, [place], "keep", async (slot) => {
    const { existing, directory, name, real } = slot;
    if (!existing) throw missing(slot);
    mustHoldNoRoot(parts, real);
    const { stats } = existing;
    if (stats.isDirectory() && contents === "refuse") {
      if (!(await isEmpty(existing))) throw notEmpty(real);
      await agree?.();
      const undo = (by: Parts) => undoRemove(by, real, emptyLike(stats));
      await directory.disk.rmdir(slot.entry);
      return {
        entries: 1,
        undoable: journal.record({ action: "remove", path: real, bytes: 0, undo }),
      };
    }
    if (!stats.isDirectory() && !stats.isFile() && !stats.isSymbolicLink()) throw special(real);
    const limits = { maxEntries, maxBytes: Number.POSITIVE_INFINITY };
    const { entries, bytes } = await measureTree(confinement, existing, limits);
    await agree?.();
    const kept = bytes <= journal.bytes ? await snapshotIfReadable(parts, slot) : undefined;
    await removeTree(confinement, directory, name);
    const undo = kept && ((by: Parts) => undoRemove(by, real, kept));
    return {
      entries,
      undoable: journal.record({ action: "remove", path: real, bytes: kept ? bytes : 0, undo }),
    };
  });
}

async function isEmpty(directory: Held): Promise<boolean> {
  for await (const batch of batches(directory)) if (batch.length > 0) return false;
  return true;
}

async function snapshotIfReadable(
  { confinement }: Parts,
  { directory, name }: Slot,
): Promise<Snapshot | undefined> {
  try {
    return await takeSnapshot(confinement, directory, name);
  } catch (error) {
    // Removing needs no right to read; then the removal is merely final.
    if (errnoOf(error) === "EACCES") return undefined;
    throw error;
  }
}

/** Refuses to move or remove a directory that is, or holds, an allowed directory. */
export function mustHoldNoRoot({ confinement }: Parts, real: string): void {
  if (!confinement.roots.hasWithin(real)) return;
  throw new SandboxError(
    "denied",
    `${quoted(real)} is or holds an allowed directory, so it cannot be moved or removed.`,
  );
}

function notEmpty(real: string): SandboxError {
  return new SandboxError(
    "not-empty",
    `${quoted(real)} is a directory that is not empty; set recursive to delete everything in it.`,
  );
}

function emptyLike(owner: { mode: number; uid: number; gid: number }): Snapshot {
  return { type: "directory", owner, entries: new Map() };
}

async function undoRemove(parts: Parts, real: string, kept: Snapshot): Promise<void> {
  const place = placeAt(parts.confinement, real);
  await withSlots(parts, [place], "keep", (slot: Slot) => putBack(parts.confinement, slot, kept));
}
