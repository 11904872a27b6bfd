import { type Sandbox, SandboxError } from "../sandbox/index.ts";
import { type WatchedKind, WatchedPath } from "./watched-path.ts";

/** Most paths watched at once, by all clients together. */
const MOST_PATHS = 5_000;

/** Watches files and directories for those who subscribed; nothing is watched for nobody. */
export class Watcher {
  readonly #watched = new Map<string, WatchedPath>();

  /** How many paths are watched. */
  get size(): number {
    return this.#watched.size;
  }

  /**
   * Calls `changed` when the file at `path` changes, is deleted, or is replaced, or when something is
   * added to or removed from the directory there; until the returned function is called.
   * @param files what the subscriber may see
   * @throws {SandboxError} when the path is not allowed, does not exist, or too many are watched
   */
  async watch(files: Sandbox, path: string, changed: () => void): Promise<() => void> {
    const { real, type } = await files.info(await files.resolve(path));
    const isRoot = files.roots.some((root) => root.real === real);
    const watched = this.#watched.get(real) ?? this.#open(real, isRoot ? "root" : type);
    // A function of its own for each call, because two subscribers may pass the same one.
    const listener = () => changed();
    watched.listeners.add(listener);
    const stop = () => {
      watched.listeners.delete(listener);
      if (watched.listeners.size > 0 || this.#watched.get(real) !== watched) return;
      this.#watched.delete(real);
      void watched.close();
    };
    try {
      await watched.ready;
    } catch (error) {
      stop();
      throw error;
    }
    return stop;
  }

  /** Stops watching everything. */
  async close(): Promise<void> {
    const all = [...this.#watched.values()];
    this.#watched.clear();
    await Promise.all(all.map((watched) => watched.close()));
  }

  #open(real: string, kind: WatchedKind): WatchedPath {
    if (this.#watched.size >= MOST_PATHS) {
      throw new SandboxError(
        "too-large",
        `${MOST_PATHS} paths are watched already; unsubscribe from some first.`,
      );
    }
    const watched = new WatchedPath(real, kind);
    this.#watched.set(real, watched);
    return watched;
  }
}
