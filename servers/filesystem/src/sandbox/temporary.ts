import type { Confinement } from "./confinement.ts";
import { errnoOf } from "./errors.ts";
import type { Held } from "./held.ts";
import { batches } from "./list.ts";
import { removeTree } from "./tree.ts";

// Long enough that no write still at work can be older: its time moves on with every piece written.
const staleAfter = 60_000;
const rememberedDirectories = 10_000;
const namePattern = /^\.portico-[0-9a-z-]+\.tmp$/;

let counter = 0;

/** A name for a file that is not complete yet. */
export function temporaryName(): string {
  counter += 1;
  const chance = Math.random().toString(36).slice(2, 10);
  return `.portico-${process.pid}-${counter}-${chance}.tmp`;
}

/** True for the names the sandbox gives files that are not complete yet; watchers leave them out. */
export function isTemporaryName(name: string): boolean {
  return namePattern.test(name);
}

/** Removes a file that was not completed, if it is still there. */
export async function discard(directory: Held, name: string): Promise<void> {
  try {
    await directory.disk.unlink(directory.at(name));
  } catch (error) {
    if (errnoOf(error) !== "ENOENT") throw error;
  }
}

/** Removes what a killed process left behind, the first time this process writes into a directory. */
export class StaleSweep {
  readonly #swept = new Set<string>();

  async sweep(confinement: Confinement, directory: Held): Promise<void> {
    if (this.#swept.has(directory.real)) return;
    if (this.#swept.size >= rememberedDirectories) this.#swept.clear();
    this.#swept.add(directory.real);
    for await (const batch of batches(directory))
      for (const { name } of batch)
        if (isTemporaryName(name)) await removeIfStale(confinement, directory, name);
  }
}

async function removeIfStale(
  confinement: Confinement,
  directory: Held,
  name: string,
): Promise<void> {
  try {
    const stats = await directory.disk.lstat(directory.at(name));
    if (Date.now() - stats.mtimeMs > staleAfter) await removeTree(confinement, directory, name);
  } catch (error) {
    // Somebody else may clean up at the same time; whatever else keeps it there is no reason not to write.
    if (errnoOf(error) === undefined) throw error;
  }
}
