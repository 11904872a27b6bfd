import { dirname } from "node:path";
import type { FSWatcher } from "chokidar";

/** Changes within this many milliseconds of the first are told together with it. */
const DEBOUNCE_MS = 50;

/** What changes the list of a directory. */
const LISTING_EVENTS = new Set(["add", "addDir", "unlink", "unlinkDir"]);

/** What is watched; a root is an allowed directory, around which nothing may be looked at. */
export type WatchedKind = "file" | "directory" | "root";

/** One watched file or directory and who hears of it. */
export class WatchedPath {
  readonly listeners = new Set<() => void>();
  /** Resolves when changes from then on are heard. */
  readonly ready: Promise<void>;
  readonly #real: string;
  #watcher: FSWatcher | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(real: string, kind: WatchedKind) {
    this.#real = real;
    this.ready = this.#start(kind);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#watcher?.close();
  }

  // The directory around the path is watched with it: what is replaced by a rename, or deleted and made
  // again, is a new file under the old name, which a watch on the file alone would lose.
  async #start(kind: WatchedKind): Promise<void> {
    const { watch } = await import("chokidar");
    if (this.#closed) return;
    const tops = kind === "root" ? [this.#real] : [dirname(this.#real), this.#real];
    const isWatched = (one: string) =>
      tops.includes(one) || (kind !== "file" && dirname(one) === this.#real);
    this.#watcher = watch(tops, {
      depth: 0,
      ignoreInitial: true,
      followSymlinks: false,
      // It would hold back what was deleted, and say nothing of names that look like an editor's copies.
      atomic: false,
      ignored: (one) => !isWatched(one),
    });
    this.#watcher.on("all", (event, one) => this.#heard(event, one));
    // A watch that fails later is one that hears nothing more; there is nobody to tell.
    this.#watcher.on("error", () => {});
    await new Promise<void>((resolve) => this.#watcher?.once("ready", resolve));
  }

  #heard(event: string, one: string): void {
    const isOwn = one === this.#real;
    if (!isOwn && !(dirname(one) === this.#real && LISTING_EVENTS.has(event))) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      for (const changed of [...this.listeners]) changed();
    }, DEBOUNCE_MS);
  }
}
