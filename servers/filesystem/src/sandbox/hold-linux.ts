import { closeSync, constants, fstatSync, openSync, readlinkSync, type Stats } from "node:fs";
import { join } from "node:path";
import { type Disk, distantDisk, localDisk } from "./disk.ts";
import { errnoOf, SandboxError, toSandboxError } from "./errors.ts";
import { explain } from "./explain.ts";
import { type Held, type Holder, outside } from "./held.ts";
import { quoted } from "./printable.ts";
import type { Root, RootSet } from "./roots.ts";

// Not in node:fs. Such a descriptor only marks a place: opening one touches no device, wakes no
// pipe, reads and truncates nothing. The value is that of every architecture Node runs on.
const O_PATH = 0o10000000;
const { O_DIRECTORY, O_NOCTTY, O_NOFOLLOW, O_NONBLOCK } = constants;

class Descriptor implements Held {
  #fd: number;
  readonly real: string;
  readonly root: Root;
  readonly stats: Stats;
  readonly disk: Disk;

  constructor(fd: number, real: string, root: Root, stats: Stats) {
    this.#fd = fd;
    this.real = real;
    this.root = root;
    this.stats = stats;
    this.disk = stats.dev === root.device ? root.disk : distantDisk;
  }

  get entry(): string {
    // The number may belong to another file by now, so a use after closing must never go through.
    if (this.#fd < 0) throw new TypeError("a held object was used after it was let go");
    return pathTo(this.#fd);
  }

  at(name: string): string {
    return `${this.entry}/${name}`;
  }

  async reopen(flags: number): Promise<number> {
    return this.disk.open(this.entry, flags | O_NONBLOCK | O_NOCTTY);
  }

  // Such a descriptor has nothing to write back, so closing it never waits, on any disk.
  [Symbol.dispose](): void {
    const fd = this.#fd;
    this.#fd = -1;
    if (fd >= 0) closeSync(fd);
  }
}

/** Marks what `target` leads to and asks the kernel where that is; nothing outside is ever handed out. */
async function mark(target: string, flags: number, disk: Disk, roots: RootSet): Promise<Held> {
  if (disk === localDisk) return markNow(target, flags, roots);
  const fd = await disk.open(target, O_PATH | flags);
  try {
    return judge(fd, await disk.readlink(pathTo(fd)), await disk.fstat(fd), roots);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** {@link mark} on a local disk, at once. */
function markNow(target: string, flags: number, roots: RootSet): Held {
  const fd = openSync(target, O_PATH | flags);
  try {
    return judge(fd, readlinkSync(pathTo(fd)), fstatSync(fd), roots);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function judge(fd: number, real: string, stats: Stats, roots: RootSet): Held {
  const root = roots.containing(real);
  if (!root) throw outside(roots);
  if (stats.nlink === 0 && real.endsWith(" (deleted)"))
    throw new SandboxError("not-found", "The file was removed by another program just now.");
  return new Descriptor(fd, real, root, stats);
}

function pathTo(fd: number): string {
  return `/proc/self/fd/${fd}`;
}

/**
 * Linux: mark the object with a descriptor, ask the kernel where that descriptor is, and from then
 * on reach it only through the descriptor. Nobody can swap anything in between.
 */
export const linuxHolder: Holder = {
  directoryNow(target, root, roots) {
    return root.disk === localDisk ? markNow(target, O_DIRECTORY | O_NOFOLLOW, roots) : undefined;
  },

  async hold(target, root, roots) {
    try {
      return await mark(target, 0, root.disk, roots);
    } catch (error) {
      if (error instanceof SandboxError) throw error;
      throw await explain(target, error, (path) => mark(path, 0, root.disk, roots), roots);
    }
  },

  async child(directory, name, roots) {
    try {
      return await mark(directory.at(name), O_NOFOLLOW, directory.disk, roots);
    } catch (error) {
      if (errnoOf(error) === "ENOENT") return undefined;
      throw toSandboxError(error, quoted(join(directory.real, name)));
    }
  },
};
