import path from "node:path";
import { Confinement } from "./confinement.ts";
import { explained } from "./errors.ts";
import { outside, special } from "./held.ts";
import { type LineOptions, readLines } from "./lines.ts";
import { entriesOf, type ListOptions, list, listSized } from "./list.ts";
import { plainPath } from "./paths.ts";
import { quoted } from "./printable.ts";
import { hashOf, type ReadOptions, readBytes, readPieces } from "./read.ts";
import { type DirectorySpec, type Root, RootSet } from "./roots.ts";
import type {
  Entry,
  Info,
  LineRange,
  LinesResult,
  Listing,
  Place,
  ReadResult,
  SizedEntry,
} from "./types.ts";

/**
 * An open set of allowed directories, and the only way to the disk: whatever is read, written, moved
 * or removed through it lies inside them, whoever renames and links what at the same time.
 */
export class Sandbox {
  #allowed: RootSet;
  readonly #confinement: Confinement;

  constructor(roots: RootSet) {
    this.#allowed = roots;
    this.#confinement = new Confinement(roots);
  }

  /** The directories allowed at this moment. With none of them everything is refused. */
  get roots(): readonly Root[] {
    return this.#confinement.roots.all;
  }

  /** Allows exactly these directories from now on, also for calls already running. */
  async replaceRoots(directories: readonly DirectorySpec[]): Promise<void> {
    const roots = await RootSet.open(directories);
    this.#allowed = roots;
    this.#confinement.roots = roots;
  }

  /**
   * Allows only what these directories share with the ones given at creation or to
   * {@link replaceRoots}; read-only ones stay read-only. Never allows more than before.
   */
  async narrowRoots(directories: readonly DirectorySpec[]): Promise<void> {
    this.#confinement.roots = this.#allowed.narrowed(await RootSet.open(directories));
  }

  /**
   * Accepts a path by its spelling: `~`, `.` and `..` are resolved, and a relative path is looked
   * for in each allowed directory in turn (the first one when it is in none). Where its links lead
   * is checked when it is used.
   * @throws SandboxError `invalid-path` or `outside`
   */
  async resolve(requested: string): Promise<Place> {
    const plain = plainPath(requested);
    const { roots } = this.#confinement;
    if (path.isAbsolute(plain)) {
      const spelled = path.normalize(plain).replace(/(?<=[^/\\:])[/\\]$/, "");
      const match = roots.match(spelled);
      if (!match) throw outside(roots);
      return { path: spelled, ...match };
    }
    return this.#resolveRelative(plain, roots);
  }

  async #resolveRelative(relative: string, roots: RootSet): Promise<Place> {
    const candidates = roots.all.flatMap((root) => {
      const spelled = path.resolve(root.path, relative);
      const match = roots.match(spelled);
      return match ? [{ path: spelled, ...match }] : [];
    });
    const [first] = candidates;
    if (!first) throw outside(roots);
    if (candidates.length === 1) return first;
    for (const place of candidates) if (await this.#exists(place)) return place;
    return first;
  }

  async #exists(place: Place): Promise<boolean> {
    try {
      using _held = await this.#confinement.hold(place);
      return true;
    } catch {
      return false;
    }
  }

  /** The place of an entry of the directory `place`, by a name as listed. */
  child(place: Place, name: string): Place {
    return {
      path: path.join(place.path, name),
      target: path.join(place.target, name),
      root: place.root,
    };
  }

  /** What a file or directory is; links are followed inside. */
  async info(place: Place): Promise<Info> {
    return this.#explained(place, async () => {
      using held = await this.#confinement.hold(place);
      const { stats, real } = held;
      if (!stats.isFile() && !stats.isDirectory()) throw special(real);
      return {
        type: stats.isFile() ? "file" : "directory",
        real,
        size: stats.size,
        created: stats.birthtime,
        modified: stats.mtime,
        accessed: stats.atime,
        mode: stats.mode & 0o7777,
        links: stats.nlink,
        readOnly: held.root.readOnly,
      };
    });
  }

  /** One page of a directory, sorted by name. */
  async list(place: Place, options: ListOptions = {}): Promise<Listing> {
    return this.#explained(place, () => list(this.#confinement, place, options));
  }

  /** One page of a directory with sizes and times, sorted by name. */
  async listSized(place: Place, options: ListOptions = {}): Promise<Listing<SizedEntry>> {
    return this.#explained(place, () => listSized(this.#confinement, place, options));
  }

  /** Up to `limit` entries of a directory, unsorted: the cheapest way, for walking a tree. */
  async entries(place: Place, limit: number): Promise<{ entries: Entry[]; more: boolean }> {
    return this.#explained(place, () => entriesOf(this.#confinement, place, limit));
  }

  /** Reads bytes of a file, at most 10 MiB unless told otherwise. */
  async readBytes(place: Place, options: ReadOptions = {}): Promise<ReadResult> {
    return this.#explained(place, () => readBytes(this.#confinement, place, options));
  }

  /** Reads a file of any size from byte `offset` on: 64 KiB, then a MiB at a time, each a buffer of its own. */
  readPieces(place: Place, offset = 0): AsyncGenerator<Buffer, void, undefined> {
    return readPieces(this.#confinement, place, offset);
  }

  /** Reads the first, the last or some lines of a file of any size, undecoded. */
  async readLines(place: Place, range: LineRange, options: LineOptions = {}): Promise<LinesResult> {
    return this.#explained(place, () => readLines(this.#confinement, place, range, options));
  }

  /** SHA-256 of a file as 64 hex digits, in constant memory. */
  async hash(place: Place, signal?: AbortSignal): Promise<string> {
    return this.#explained(place, async () => {
      using held = await this.#confinement.hold(place);
      return await hashOf(held, signal);
    });
  }

  #explained<T>(place: Place, work: () => Promise<T>): Promise<T> {
    return explained(quoted(place.path), work);
  }
}

/**
 * Opens the allowed directories. With an empty list everything is refused until
 * {@link Sandbox.replaceRoots} is called.
 * @throws SandboxError when a directory does not exist, cannot be read or is none
 */
export async function createSandbox(directories: readonly DirectorySpec[]): Promise<Sandbox> {
  return new Sandbox(await RootSet.open(directories));
}
