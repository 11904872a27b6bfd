import { isAbsolute, join, normalize, resolve } from "node:path";
import { Confinement } from "./confinement.ts";
import { explained } from "./errors.ts";
import { outside, special } from "./held.ts";
import { Journal, type JournalLimits, type Owner } from "./journal.ts";
import { type LineOptions, readLines } from "./lines.ts";
import { entriesNow, entriesOf, type ListOptions, list, listSized } from "./list.ts";
import { PathLocks } from "./locks.ts";
import type { Parts } from "./parts.ts";
import { plainPath } from "./paths.ts";
import { quoted } from "./printable.ts";
import { hashOf, type ReadOptions, readBytes, readPieces } from "./read.ts";
import type { RemoveOptions } from "./remove.ts";
import { type DirectorySpec, type Root, RootSet } from "./roots.ts";
import { StaleSweep } from "./temporary.ts";
import type { TreeLimits } from "./tree.ts";
import type {
  ChangeResult,
  Entry,
  Info,
  JournalEntry,
  LineRange,
  LinesResult,
  Listing,
  Place,
  ReadResult,
  SizedEntry,
  WriteResult,
} from "./types.ts";
import type { UpdateOptions, WriteOptions } from "./write.ts";

/** What a sandbox may be told besides its directories. */
export interface SandboxOptions {
  readonly journal?: JournalLimits;
}

/**
 * An open set of allowed directories, and the only way to the disk: whatever is read, written, moved
 * or removed through it lies inside them, whoever renames and links what at the same time.
 */
export class Sandbox {
  readonly #confinement: Confinement;
  readonly #parts: Parts;

  /** Prefer {@link createSandbox}, which opens the directories and picks the confinement of this system. */
  constructor(confinement: Confinement, { journal }: SandboxOptions = {}, shared?: Parts) {
    this.#confinement = confinement;
    this.#parts = {
      locks: shared?.locks ?? new PathLocks(),
      journal: shared?.journal ?? new Journal<Parts>(journal).of(undefined),
      stale: shared?.stale ?? new StaleSweep(),
      confinement,
    };
  }

  /**
   * The same files seen through exactly these directories, those that cannot be used left out. Locks
   * and the journal are shared, but changes outside these directories are neither told nor undone.
   */
  async allowing(directories: readonly DirectorySpec[]): Promise<Sandbox> {
    return this.#seenThrough(await RootSet.openUsable(directories));
  }

  /** The same through what these directories share with the allowed ones: never more than here. */
  async narrowedTo(directories: readonly DirectorySpec[]): Promise<Sandbox> {
    const wanted = await RootSet.openUsable(directories);
    return this.#seenThrough(this.#confinement.roots.narrowed(wanted));
  }

  /** The same files with the changes of one caller: what others change is neither told nor undone. */
  of(owner: Owner): Sandbox {
    const { journal, ...others } = this.#parts;
    return new Sandbox(this.#confinement, {}, { ...others, journal: journal.of(owner) });
  }

  #seenThrough(roots: RootSet): Sandbox {
    return new Sandbox(this.#confinement.withRoots(roots), {}, this.#parts);
  }

  /** The allowed directories. With none of them everything is refused. */
  get roots(): readonly Root[] {
    return this.#confinement.roots.all;
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
    if (isAbsolute(plain)) {
      const spelled = normalize(plain).replace(/(?<=[^/\\:])[/\\]$/, "");
      const match = roots.match(spelled);
      if (!match) throw outside(roots);
      return { path: spelled, ...match };
    }
    return this.#resolveRelative(plain, roots);
  }

  async #resolveRelative(relative: string, roots: RootSet): Promise<Place> {
    const candidates = roots.all.flatMap((root) => {
      const spelled = resolve(root.path, relative);
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
    return { path: join(place.path, name), target: join(place.target, name), root: place.root };
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

  /**
   * All entries of a directory reached without a link, unsorted and at once; undefined where that could
   * take long or fails, which {@link entries} then deals with.
   */
  entriesNow(place: Place): Entry[] | undefined {
    try {
      return entriesNow(this.#confinement, place);
    } catch {
      return undefined;
    }
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

  /**
   * Replaces a file in one step, or creates it; mode and owner of an old file are kept. Other hard
   * links keep the old content.
   * @throws SandboxError `changed` when `expectedHash` does not match
   */
  async write(place: Place, bytes: Uint8Array, options: WriteOptions = {}): Promise<WriteResult> {
    return this.#explained(place, async () => {
      const { write } = await import("./changes.ts");
      return write(this.#parts, place, bytes, options);
    });
  }

  /**
   * Reads a file, lets `edit` make its new content and replaces it in one step; two updates of one
   * file never overlap. Undefined from `edit` leaves the file as it is.
   */
  async update(
    place: Place,
    edit: (old: Buffer) => Uint8Array | undefined | Promise<Uint8Array | undefined>,
    options: UpdateOptions = {},
  ): Promise<WriteResult | undefined> {
    return this.#explained(place, async () => {
      const { update } = await import("./changes.ts");
      return update(this.#parts, place, edit, options);
    });
  }

  /** Adds bytes at the end of a file, or creates it. */
  async append(
    place: Place,
    bytes: Uint8Array,
    options: Pick<WriteOptions, "expectedHash"> = {},
  ): Promise<WriteResult> {
    return this.#explained(place, async () => {
      const { append } = await import("./changes.ts");
      return append(this.#parts, place, bytes, options);
    });
  }

  /** Creates a directory with every missing one above it; `entries` is 0 when it existed. */
  async makeDirectory(place: Place): Promise<ChangeResult> {
    return this.#explained(place, async () => {
      const { makeDirectory } = await import("./changes.ts");
      return makeDirectory(this.#parts, place);
    });
  }

  /** Moves or renames a file, link or directory. Never replaces anything. */
  async move(from: Place, to: Place, limits: TreeLimits = {}): Promise<ChangeResult> {
    return this.#explained(from, async () => {
      const { move } = await import("./changes.ts");
      return move(this.#parts, from, to, limits);
    });
  }

  /** Copies a file or a whole directory. Never replaces anything. */
  async copy(from: Place, to: Place, limits: TreeLimits = {}): Promise<ChangeResult> {
    return this.#explained(from, async () => {
      const { copy } = await import("./changes.ts");
      return copy(this.#parts, from, to, limits);
    });
  }

  /** Removes a file, a link or a directory, the last with its contents only when told so. */
  async remove(place: Place, options: RemoveOptions = {}): Promise<ChangeResult> {
    return this.#explained(place, async () => {
      const { remove } = await import("./changes.ts");
      return remove(this.#parts, place, options);
    });
  }

  /** The caller's changes below the allowed directories that are still remembered, newest first. */
  history(): JournalEntry[] {
    return this.#parts.journal.entries(this.#isAllowed);
  }

  /**
   * Takes back the caller's newest change, or the one with this id.
   * @throws SandboxError `nothing-to-undo`, `too-large`, or `changed` when the files were changed since
   */
  async undo(id?: number): Promise<JournalEntry> {
    return this.#parts.journal.undo(this.#parts, this.#isAllowed, id);
  }

  readonly #isAllowed = (real: string) => this.#confinement.roots.containing(real) !== undefined;

  #explained<T>(place: Place, work: () => Promise<T>): Promise<T> {
    return explained(quoted(place.path), work);
  }
}

/**
 * Opens the allowed directories. With an empty list everything is refused.
 * @throws SandboxError when a directory does not exist, cannot be read or is none
 */
export async function createSandbox(
  directories: readonly DirectorySpec[],
  options: SandboxOptions = {},
): Promise<Sandbox> {
  return new Sandbox(new Confinement(await RootSet.open(directories)), options);
}
