import { constants, realpath as fsRealpath, type Stats } from "node:fs";
import { join } from "node:path";
import { type Disk, distantDisk, promised } from "./disk.ts";
import { errnoOf, SandboxError, toSandboxError } from "./errors.ts";
import { explain } from "./explain.ts";
import { type Held, type Holder, isSame, mustBeFile, outside } from "./held.ts";
import { quoted } from "./printable.ts";
import type { Root, RootSet } from "./roots.ts";

const realpath = promised<[string], string>(fsRealpath.native);
// Windows has neither flag; there `undefined` adds nothing.
const careful = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

class Remembered implements Held {
  readonly real: string;
  readonly root: Root;
  readonly stats: Stats;
  readonly disk: Disk = distantDisk;

  constructor(real: string, root: Root, stats: Stats) {
    this.real = real;
    this.root = root;
    this.stats = stats;
  }

  get entry(): string {
    return this.real;
  }

  at(name: string): string {
    return join(this.real, name);
  }

  async reopen(flags: number): Promise<number> {
    // A pipe that nobody writes to would block the open itself.
    if (!this.stats.isDirectory()) mustBeFile(this);
    const fd = await this.disk.open(this.real, flags | careful);
    const opened = await this.disk.fstat(fd);
    if (isSame(opened, this.stats) && (await realpath(this.real)) === this.real) return fd;
    await this.disk.close(fd);
    throw new SandboxError(
      "changed",
      "The path was changed by another program just now; try again.",
    );
  }

  [Symbol.dispose](): void {}
}

async function remember(real: string, roots: RootSet): Promise<Held> {
  const root = roots.containing(real);
  if (!root) throw outside(roots);
  return new Remembered(real, root, await distantDisk.lstat(real));
}

/**
 * Systems without `/proc/self/fd`: find out where the path really leads, remember which object that
 * is, and compare after opening. A program that swaps directories at the right moments can still win
 * a race against names being created, moved or removed; only Linux closes that gap.
 */
export const portableHolder: Holder = {
  async hold(target, _root, roots) {
    const follow = async (path: string) => remember(await realpath(path), roots);
    try {
      return await follow(target);
    } catch (error) {
      if (error instanceof SandboxError) throw error;
      throw await explain(target, error, follow, roots);
    }
  },

  async child(directory, name, roots) {
    const location = join(directory.real, name);
    try {
      if ((await realpath(directory.real)) !== directory.real) throw outside(roots);
      return await remember(location, roots);
    } catch (error) {
      if (errnoOf(error) === "ENOENT") return undefined;
      throw toSandboxError(error, quoted(location));
    }
  },
};
