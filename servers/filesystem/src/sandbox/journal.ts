import { explained, SandboxError } from "./errors.ts";
import { quoted } from "./printable.ts";
import type { JournalEntry } from "./types.ts";

/** How much the journal keeps. */
export interface JournalLimits {
  /** Changes remembered, default 50. */
  readonly changes?: number;
  /** Bytes of old content kept in memory for all of them, default 64 MiB. */
  readonly bytes?: number;
}

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

/** The last changes made through the sandbox, in memory, newest first. */
export class Journal<By> {
  readonly #changes: number;
  /** The most bytes of old content one change may need. */
  readonly bytes: number;
  #kept: Kept<By>[] = [];
  #lastId = 0;

  constructor({ changes = 50, bytes = 64 * 1024 * 1024 }: JournalLimits = {}) {
    this.#changes = changes;
    this.bytes = bytes;
  }

  /** Remembers a change; says whether it can be undone. */
  record(change: Change<By>): boolean {
    this.#lastId += 1;
    this.#kept.unshift({ ...change, id: this.#lastId, at: new Date() });
    this.#trim();
    return change.undo !== undefined;
  }

  #trim(): void {
    let bytes = 0;
    const last = this.#kept.findIndex((change, index) => {
      bytes += change.bytes;
      return index >= this.#changes || bytes > this.bytes;
    });
    if (last >= 0) this.#kept.length = last;
  }

  /** The changes of paths that are `visible`, newest first. */
  entries(visible: (path: string) => boolean): JournalEntry[] {
    const seen = this.#kept.filter(({ path }) => visible(path));
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
    const wanted = (change: Kept<By>) => (id ?? change.id) === change.id && visible(change.path);
    const index = this.#kept.findIndex(wanted);
    const change = this.#kept[index];
    if (!change) throw nothing(id);
    const { undo } = change;
    if (!undo)
      throw new SandboxError(
        "too-large",
        `The last change of ${quoted(change.path)} (number ${change.id}) was too large to keep, so it cannot be undone; earlier ones can be, by their number.`,
      );
    this.#kept.splice(index, 1);
    try {
      await explained(quoted(change.path), () => undo(by));
    } catch (error) {
      this.#kept.push(change);
      this.#kept.sort((a, b) => b.id - a.id);
      throw error;
    }
    const { action, path, at } = change;
    return { id: change.id, action, path, at, undoable: true };
  }
}

function nothing(id: number | undefined): SandboxError {
  const sentence =
    id === undefined
      ? "No change was made that could be undone."
      : `There is no change number ${id} that could be undone.`;
  return new SandboxError("nothing-to-undo", sentence);
}
