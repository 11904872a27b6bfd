import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { SandboxError } from "./errors.ts";
import { type Held, type Holder, isSame, mustBeDirectory, outside } from "./held.ts";
import { linuxHolder } from "./hold-linux.ts";
import { portableHolder } from "./hold-portable.ts";
import { quoted } from "./printable.ts";
import type { RootSet } from "./roots.ts";
import type { Place } from "./types.ts";

/** A name in a held directory, and what is there now. Disposing it lets go of both. */
export interface Slot extends Disposable {
  readonly directory: Held;
  readonly name: string;
  /** Absent when nothing has that name yet. */
  readonly existing?: Held;
  /** Where it is or will be. */
  readonly real: string;
  /** A path to the name, with its directory pinned. */
  readonly entry: string;
}

/** Everything that reaches the disk goes through here, and is judged by these roots. */
export class Confinement {
  readonly roots: RootSet;
  readonly #holder: Holder;

  constructor(roots: RootSet, holder: Holder = hostHolder()) {
    this.roots = roots;
    this.#holder = holder;
  }

  /** The same confinement judged by other roots. */
  withRoots(roots: RootSet): Confinement {
    return new Confinement(roots, this.#holder);
  }

  /** Holds what `place` leads to; links that stay inside are followed. */
  async hold(place: Place): Promise<Held> {
    return this.#holder.hold(place.target, place.root, this.roots);
  }

  /** Holds the directory of `place` at once, unless a link is in its place; undefined where that could take long. */
  directoryNow(place: Place): Held | undefined {
    return this.#holder.directoryNow?.(place.target, place.root, this.roots);
  }

  /** Holds `name` in a held directory, a link itself included; undefined when there is nothing. */
  async child(directory: Held, name: string): Promise<Held | undefined> {
    return this.#holder.child(directory, name, this.roots);
  }

  /**
   * Pins the directory of `place` and holds what its name is now, in order to change it. A link at
   * the end is kept for what it is, or followed to where it leads.
   * @throws SandboxError `read-only` when nothing may be changed there, `outside`, `not-found`, ...
   */
  async slot(place: Place, links: "keep" | "follow"): Promise<Slot> {
    if (place.target === place.root.real) throw this.#isRoot(place);
    const slot = await this.#slotAt(place.target, place);
    if (links === "keep" || !slot.existing?.stats.isSymbolicLink()) return slot;
    using _link = slot;
    using held = await this.hold(place);
    const behind = await this.#slotAt(held.real, place);
    if (behind.existing && isSame(behind.existing.stats, held.stats)) return behind;
    behind[Symbol.dispose]();
    throw new SandboxError(
      "changed",
      `${quoted(place.path)} was changed by another program just now; try again.`,
    );
  }

  async #slotAt(target: string, { root }: Place): Promise<Slot> {
    const directory = await this.#holder.hold(dirname(target), root, this.roots);
    try {
      mustBeDirectory(directory);
      return await this.slotIn(directory, basename(target));
    } catch (error) {
      directory[Symbol.dispose]();
      throw error;
    }
  }

  /** The slot of `name` in a directory that is already held; disposing the slot lets go of the directory too. */
  async slotIn(directory: Held, name: string): Promise<Slot> {
    const real = join(directory.real, name);
    this.mustBeWritable(real);
    const existing = await this.child(directory, name);
    return {
      directory,
      name,
      existing,
      real,
      entry: directory.at(name),
      [Symbol.dispose]() {
        existing?.[Symbol.dispose]();
        directory[Symbol.dispose]();
      },
    };
  }

  /** The refusal for what is outside now. */
  refusal(): SandboxError {
    return outside(this.roots);
  }

  /** @throws SandboxError `read-only` when the deepest allowed directory around `real` is read-only */
  mustBeWritable(real: string): void {
    const root = this.roots.containing(real);
    if (!root) throw this.refusal();
    if (!root.readOnly) return;
    throw new SandboxError(
      "read-only",
      `${quoted(root.path)} may only be read; nothing in it can be changed.`,
    );
  }

  #isRoot(place: Place): SandboxError {
    return new SandboxError(
      "invalid-path",
      `${quoted(place.path)} is an allowed directory itself; name something inside it.`,
    );
  }
}

function hostHolder(): Holder {
  const hasDescriptorPaths = process.platform === "linux" && existsSync("/proc/self/fd");
  return hasDescriptorPaths ? linuxHolder : portableHolder;
}
