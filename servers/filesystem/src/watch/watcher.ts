import path from "node:path";
import type { FSWatcher } from "chokidar";
import { type Sandbox, SandboxError } from "../sandbox/index.ts";

/** Changes within this many milliseconds of each other are told as one. */
const DEBOUNCE_MS = 50;
/** Most paths watched at once, by all clients together. */
const MOST_PATHS = 5_000;

/** Watches files and directories for those who subscribed; nothing is watched for nobody. */
export class Watcher {
  readonly #sandbox: Sandbox;
  readonly #watched = new Map<string, Watched>();

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  /**
   * Calls `changed` when the file at `path` changes, is deleted, or is replaced, or when something is
   * added to or removed from the directory there; until the returned function is called.
   * @throws {SandboxError} when the path is not allowed, or too many are watched
   */
  async watch(spelled: string, changed: () => void): Promise<() => void> {
    const place = await this.#sandbox.resolve(spelled);
    const { real } = await this.#sandbox.info(place);
    const watched = this.#watched.get(real) ?? this.#open(real);
    watched.listeners.add(changed);
    await watched.ready;
    return () => {
      watched.listeners.delete(changed);
      if (watched.listeners.size > 0) return;
      this.#watched.delete(real);
      void watched.close();
    };
  }

  /** Stops watching everything. */
  async close(): Promise<void> {
    const all = [...this.#watched.values()];
    this.#watched.clear();
    await Promise.all(all.map((watched) => watched.close()));
  }

  #open(real: string): Watched {
    if (this.#watched.size >= MOST_PATHS) {
      throw new SandboxError(
        "too-large",
        `${MOST_PATHS} paths are watched already; unsubscribe from some first.`,
      );
    }
    const watched = new Watched(real);
    this.#watched.set(real, watched);
    return watched;
  }
}

/** One watched path and who hears of it. */
class Watched {
  readonly listeners = new Set<() => void>();
  readonly ready: Promise<void>;
  #watcher: FSWatcher | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(real: string) {
    this.ready = this.#start(real);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#watcher?.close();
  }

  // The directory around the path is watched with it: a file that is replaced by a rename is a new one
  // under the old name, which a watch on the file alone would lose.
  async #start(real: string): Promise<void> {
    const { watch } = await import("chokidar");
    const watcher = watch([path.dirname(real), real], {
      depth: 0,
      ignoreInitial: true,
      followSymlinks: false,
      ignored: (one) => one !== path.dirname(real) && one !== real && path.dirname(one) !== real,
    });
    watcher.on("all", (_event, one) => this.#heard(real, one));
    watcher.on("error", () => {});
    await new Promise<void>((resolve) => watcher.once("ready", resolve));
    if (this.#closed) await watcher.close();
    else this.#watcher = watcher;
  }

  #heard(real: string, one: string): void {
    if (one !== real && path.dirname(one) !== real) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      for (const changed of [...this.listeners]) changed();
    }, DEBOUNCE_MS);
  }
}
