import { RecentMap } from "../recent-map.ts";
import { explained, SandboxError } from "./errors.ts";
import { quoted } from "./printable.ts";
import type { JournalEntry } from "./types.ts";

/** Most callers whose changes are remembered. */
const MOST_OWNERS = 1_000;

/** How much the journal keeps. */
export interface JournalLimits {
  /** Changes remembered of each caller, default 50. */
  readonly changes?: number;
  /** Bytes of old content kept in memory for all of them, default 64 MiB. */
  readonly bytes?: number;
}

/** Whose changes they are, by identity; undefined for all who cannot be told apart. */
export type Owner = string | object | undefined;

/** A change as the operation that made it describes it; `By` is what an undo works with. */
export interface Change<By> {
  readonly action: JournalEntry["action"];
  readonly path: string;
  /** Old content that `undo` needs. */
  readonly bytes: number;
  /**
   * Takes the change back as far as `by` may, or throws because the files were changed since;
   * absent when too much had to be kept.
   */
  readonly undo?: (by: By) => Promise<void>;
}

interface Kept<By> extends Change<By> {
  readonly id: number;
  readonly at: Date;
}

/** What is remembered of one caller, newest first. */
interface Past<By> {
  lastId: number;
  kept: Kept<By>[];
}

/** The last changes made through the sandbox, in memory: each caller's own, within bounds for all together. */
export class Journal<By> {
  /** The most bytes of old content one change may need. */
  readonly bytes: number;
  readonly #changes: number;
  readonly #pasts = new RecentMap<Owner, Past<By>>(MOST_OWNERS);

  constructor({ changes = 50, bytes = 64 * 1024 * 1024 }: JournalLimits = {}) {
    this.#changes = changes;
    this.bytes = bytes;
  }

  /** The changes of one caller. */
  of(owner: Owner): OwnJournal<By> {
    return new OwnJournal(this, owner);
  }

  /** What is kept of `owner`, newest first. */
  kept(owner: Owner): Kept<By>[] {
    return this.#pasts.get(owner)?.kept ?? [];
  }

  /** Adds a change of `owner`. */
  add(owner: Owner, change: Change<By>): void {
    const past = this.#pasts.get(owner) ?? { lastId: 0, kept: [] };
    past.lastId += 1;
    past.kept.unshift({ ...change, id: past.lastId, at: new Date() });
    past.kept.length = Math.min(past.kept.length, this.#changes);
    this.#pasts.set(owner, past);
    if (change.bytes > 0) this.#makeRoom();
  }

  /** Whoever keeps the most bytes loses their oldest changes, so that nobody's past is pushed out by another's. */
  #makeRoom(): void {
    const sizes = [...this.#pasts.values()].map((past) => ({ past, bytes: bytesOf(past) }));
    let excess = sizes.reduce((sum, { bytes }) => sum + bytes, 0) - this.bytes;
    while (excess > 0) {
      const largest = sizes.reduce((most, each) => (each.bytes > most.bytes ? each : most));
      const { bytes = 0 } = largest.past.kept.pop() ?? {};
      largest.bytes -= bytes;
      excess -= bytes;
    }
  }
}

/** The journal as one caller sees it. */
export class OwnJournal<By> {
  readonly #journal: Journal<By>;
  readonly #owner: Owner;

  constructor(journal: Journal<By>, owner: Owner) {
    this.#journal = journal;
    this.#owner = owner;
  }

  /** The most bytes of old content one change may need. */
  get bytes(): number {
    return this.#journal.bytes;
  }

  /** The same journal as another caller sees it. */
  of(owner: Owner): OwnJournal<By> {
    return this.#journal.of(owner);
  }

  /** Remembers a change; says whether it can be undone. */
  record(change: Change<By>): boolean {
    this.#journal.add(this.#owner, change);
    return change.undo !== undefined;
  }

  /** The changes of paths that are `visible`, newest first. */
  entries(visible: (path: string) => boolean): JournalEntry[] {
    const seen = this.#journal.kept(this.#owner).filter(({ path }) => visible(path));
    return seen.map(({ id, action, path, at, undo }) => ({
      id,
      action,
      path,
      at,
      undoable: undo !== undefined,
    }));
  }

  /**
   * Takes back the newest visible change, or the one with this id, and forgets it.
   * @throws SandboxError `nothing-to-undo`, `too-large`, or `changed` when its files are not as the change left them
   */
  async undo(by: By, visible: (path: string) => boolean, id?: number): Promise<JournalEntry> {
    const kept = this.#journal.kept(this.#owner);
    const wanted = (change: Kept<By>) => (id ?? change.id) === change.id && visible(change.path);
    const index = kept.findIndex(wanted);
    const change = kept[index];
    if (!change) throw nothing(id);
    const { undo } = change;
    if (!undo)
      throw new SandboxError(
        "too-large",
        `The last change of ${quoted(change.path)} (number ${change.id}) was too large to keep, so it cannot be undone; earlier ones can be, by their number.`,
      );
    kept.splice(index, 1);
    try {
      await explained(quoted(change.path), () => undo(by));
    } catch (error) {
      kept.push(change);
      kept.sort((a, b) => b.id - a.id);
      throw error;
    }
    const { action, path, at } = change;
    return { id: change.id, action, path, at, undoable: true };
  }
}

function bytesOf<By>({ kept }: Past<By>): number {
  return kept.reduce((sum, { bytes }) => sum + bytes, 0);
}

function nothing(id: number | undefined): SandboxError {
  const sentence =
    id === undefined
      ? "No change was made that could be undone."
      : `There is no change number ${id} that could be undone.`;
  return new SandboxError("nothing-to-undo", sentence);
}
