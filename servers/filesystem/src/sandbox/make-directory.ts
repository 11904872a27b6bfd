import { basename, dirname, join } from "node:path";
import type { Confinement } from "./confinement.ts";
import { errnoOf, SandboxError } from "./errors.ts";
import { type Held, mustBeDirectory } from "./held.ts";
import { changedMeanwhile, type Parts, placeAt, withSlots } from "./parts.ts";
import type { ChangeResult, Place } from "./types.ts";

/** Creates a directory and every missing one above it; one that exists already is fine. */
export async function makeDirectory(parts: Parts, place: Place): Promise<ChangeResult> {
  const { confinement, journal } = parts;
  const { held, names } = await nearestDirectory(confinement, place);
  const made: string[] = [];
  let directory = held;
  try {
    for (const name of names) {
      const next = await enter(confinement, directory, name, made);
      directory[Symbol.dispose]();
      directory = next;
    }
    mustBeDirectory(directory);
  } finally {
    directory[Symbol.dispose]();
  }
  const [first] = made;
  if (first === undefined) return { entries: 0, undoable: false };
  const undo = (by: Parts) => undoMake(by, made);
  const undoable = journal.record({ action: "make-directory", path: first, bytes: 0, undo });
  return { entries: made.length, undoable };
}

/** The deepest directory on the way to `place` that exists, and the names missing below it. */
async function nearestDirectory(
  confinement: Confinement,
  place: Place,
): Promise<{ held: Held; names: string[] }> {
  const names: string[] = [];
  for (let target = place.target; ; target = dirname(target)) {
    try {
      return { held: await confinement.hold({ ...place, target }), names };
    } catch (error) {
      const missing = error instanceof SandboxError && error.code === "not-found";
      if (!missing || target === place.root.real) throw error;
      names.unshift(basename(target));
    }
  }
}

async function enter(
  confinement: Confinement,
  directory: Held,
  name: string,
  made: string[],
): Promise<Held> {
  const real = join(directory.real, name);
  confinement.mustBeWritable(real);
  try {
    await directory.disk.mkdir(directory.at(name), 0o777);
    made.push(real);
  } catch (error) {
    if (errnoOf(error) !== "EEXIST") throw error;
  }
  const held = await confinement.child(directory, name);
  if (held?.stats.isDirectory()) return held;
  held?.[Symbol.dispose]();
  throw changedMeanwhile(real);
}

async function undoMake(parts: Parts, made: readonly string[]): Promise<void> {
  for (const real of [...made].reverse())
    await withSlots(parts, [placeAt(parts.confinement, real)], "keep", async (slot) => {
      if (slot.existing) await slot.directory.disk.rmdir(slot.entry);
    });
}
