import type { Confinement, Slot } from "./confinement.ts";
import { SandboxError } from "./errors.ts";
import type { OwnJournal } from "./journal.ts";
import type { PathLocks } from "./locks.ts";
import { quoted } from "./printable.ts";
import type { StaleSweep } from "./temporary.ts";
import type { Place } from "./types.ts";

/** What every operation that changes something works with. */
export interface Parts {
  readonly confinement: Confinement;
  readonly locks: PathLocks;
  readonly journal: OwnJournal<Parts>;
  readonly stale: StaleSweep;
}

/** The refusal when something is not as it was left. */
export function changedMeanwhile(shown: string): SandboxError {
  return new SandboxError(
    "changed",
    `${quoted(shown)} was changed by another program; look at it again before you repeat this.`,
  );
}

/** Runs `work` on the slots of `places` while no other change made here reaches any of them. */
export async function withSlots<T>(
  { confinement, locks }: Parts,
  places: readonly Place[],
  links: "keep" | "follow",
  work: (...slots: Slot[]) => Promise<T>,
): Promise<T> {
  const names: string[] = [];
  for (const place of places) {
    using slot = await confinement.slot(place, links);
    names.push(slot.real);
  }
  return locks.hold(names, async () => {
    using slots = new SlotStack();
    for (const [index, place] of places.entries()) {
      const slot = slots.add(await confinement.slot(place, links));
      if (slot.real !== names[index]) throw changedMeanwhile(place.path);
    }
    return await work(...slots.all);
  });
}

class SlotStack implements Disposable {
  readonly all: Slot[] = [];

  add(slot: Slot): Slot {
    this.all.push(slot);
    return slot;
  }

  [Symbol.dispose](): void {
    for (const slot of this.all) slot[Symbol.dispose]();
  }
}

/** The place of something whose real location is known, judged by the directories allowed now. */
export function placeAt(confinement: Confinement, real: string): Place {
  const match = confinement.roots.match(real);
  if (!match) throw confinement.refusal();
  return { path: real, ...match };
}
