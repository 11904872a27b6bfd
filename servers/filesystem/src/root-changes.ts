import { Changes } from "@portico/core";
import { changedSince, watchNames } from "./watch/names.ts";

/** How long, in milliseconds, an opening session is left alone: its next question is not to wait for a watcher. */
const HEAD_START_MS = 50;

/** Announces that the list of resources changed. The directories are watched only while somebody listens. */
export class RootChanges extends Changes {
  readonly #directories: readonly string[];
  #listeners = 0;
  #starting: NodeJS.Timeout | undefined;
  #stop: (() => void) | undefined;

  /** @param directories what is directly in them is in the list */
  constructor(directories: readonly string[]) {
    super();
    this.#directories = directories;
  }

  override listen(listener: Parameters<Changes["listen"]>[0]): () => void {
    const silence = super.listen(listener);
    this.#listeners++;
    // What changes before the watcher is there is found by its time.
    this.#starting ??= setTimeout(this.#watch, HEAD_START_MS, Date.now()).unref();
    let isSilent = false;
    return () => {
      if (isSilent) return;
      isSilent = true;
      silence();
      if (--this.#listeners > 0) return;
      clearTimeout(this.#starting);
      this.#starting = undefined;
      this.#stop?.();
      this.#stop = undefined;
    };
  }

  readonly #watch = (since: number): void => {
    this.#stop = watchNames(this.#directories, () => this.listChanged("resources"));
    if (changedSince(this.#directories, since)) this.listChanged("resources");
  };
}
