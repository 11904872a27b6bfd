import { constants } from "node:fs";
import { join, resolve } from "node:path";
import { type Disk, diskOf, distantDisk, localDisk } from "./disk.ts";
import { SandboxError, toSandboxError } from "./errors.ts";
import { isWithin, plainPath } from "./paths.ts";
import { quoted } from "./printable.ts";

/** A directory the operator (or the client) allows. */
export interface DirectorySpec {
  /** Absolute, relative to the working directory, or starting with `~`. */
  readonly path: string;
  /** Refuse every change below it. Default false. */
  readonly readOnly?: boolean;
}

/** An allowed directory that exists. */
export interface Root {
  /** Absolute, in the spelling it was given. */
  readonly path: string;
  /** Where it really is, with every link resolved. */
  readonly real: string;
  readonly readOnly: boolean;
  /** The device it is on; another one below it is another mount, about which nothing is known. */
  readonly device: number;
  readonly disk: Disk;
}

/** Reads `DIR` or `DIR:ro` as a command line gives it. A directory whose own name ends in `:ro` is written `DIR:ro/`. */
export function parseDirectory(argument: string): DirectorySpec {
  return argument.endsWith(":ro")
    ? { path: argument.slice(0, -3), readOnly: true }
    : { path: argument, readOnly: false };
}

async function openRoot(spec: DirectorySpec, by: Disk): Promise<Root> {
  const spelled = resolve(plainPath(spec.path));
  try {
    const real = await by.realpath(spelled);
    const stats = await by.stat(real);
    if (!stats.isDirectory())
      throw new SandboxError(
        "not-directory",
        `${quoted(spec.path)} is not a directory, so it cannot be allowed.`,
      );
    await by.access(real, constants.R_OK);
    const disk = await diskOf(real, by);
    return { path: spelled, real, readOnly: spec.readOnly ?? false, device: stats.dev, disk };
  } catch (error) {
    throw toSandboxError(error, quoted(spec.path));
  }
}

function passOver(error: unknown): undefined {
  if (!(error instanceof SandboxError)) throw error;
}

/** An immutable set of allowed directories. */
export class RootSet {
  readonly all: readonly Root[];
  readonly #byDepth: readonly Root[];

  constructor(roots: readonly Root[]) {
    const protectedReals = new Set(roots.filter((root) => root.readOnly).map((root) => root.real));
    this.all = roots.map((root) => ({ ...root, readOnly: protectedReals.has(root.real) }));
    this.#byDepth = [...this.all].sort((a, b) => b.real.length - a.real.length);
  }

  /**
   * Opens every directory, for the start of the process: calls through the thread pool would cost it
   * the start of the threads, and there is nobody yet whom a slow disk could keep waiting.
   * @throws SandboxError when one does not exist, cannot be read or is no directory
   */
  static async open(specs: readonly DirectorySpec[]): Promise<RootSet> {
    return new RootSet(await Promise.all(specs.map((spec) => openRoot(spec, localDisk))));
  }

  /** Opens those directories that are there and can be read, and passes over the others. */
  static async openUsable(specs: readonly DirectorySpec[]): Promise<RootSet> {
    const opened = await Promise.all(
      specs.map((spec) => openRoot(spec, distantDisk).catch(passOver)),
    );
    return new RootSet(opened.filter((root) => root !== undefined));
  }

  /** The deepest allowed directory around a real path, which decides whether it may be written. */
  containing(real: string): Root | undefined {
    return this.#byDepth.find((root) => isWithin(real, root.real));
  }

  /** The allowed directory a normalised absolute path is in by its spelling, and the path below the real one. */
  match(spelled: string): { root: Root; target: string } | undefined {
    for (const root of this.#byDepth) {
      if (isWithin(spelled, root.real)) return { root, target: spelled };
      if (isWithin(spelled, root.path))
        return { root, target: join(root.real, spelled.slice(root.path.length)) };
    }
    return undefined;
  }

  /** True when an allowed directory is `real` or lies below it; such a directory is not moved or removed. */
  hasWithin(real: string): boolean {
    return this.all.some((root) => isWithin(root.real, real));
  }

  /** What both sets allow: never more than this one, and read-only wherever this one is. */
  narrowed(wanted: RootSet): RootSet {
    const kept = new Map<string, Root>();
    for (const want of wanted.all) {
      const around = this.containing(want.real);
      if (around) kept.set(want.real, { ...want, readOnly: around.readOnly || want.readOnly });
      for (const own of this.all)
        if (isWithin(own.real, want.real) && !kept.has(own.real))
          kept.set(own.real, { ...own, readOnly: own.readOnly || want.readOnly });
    }
    return new RootSet([...kept.values()]);
  }
}
