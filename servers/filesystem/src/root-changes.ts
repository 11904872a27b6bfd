import { Changes } from "@portico/core";
import { changedSince, watchNames } from "./watch/names.ts";

/** Announces that the list of resources changed. The directories are watched only while somebody listens. */
export class RootChanges extends Changes {
  readonly #directories: readonly string[];
  #listeners = 0;
  #starting: NodeJS.Immediate | undefined;
  #stop: (() => void) | undefined;

  /** @param directories what is directly in them is in the list */
  constructor(directories: readonly string[]) {
    super();
    this.#directories = directories;
  }

  override listen(listener: Parameters<Changes["listen"]>[0]): () => void {
    const silence = super.listen(listener);
    this.#listeners++;
    // Once what is being answered is on its way: a client waits for the answer that opens its session.
    this.#starting ??= setImmediate(this.#watch, Date.now());
    let isSilent = false;
    return () => {
      if (isSilent) return;
      isSilent = true;
      silence();
      if (--this.#listeners > 0) return;
      clearImmediate(this.#starting);
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
