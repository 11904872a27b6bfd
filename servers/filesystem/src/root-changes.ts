import { Changes } from "@portico/core";
import { watchNames } from "./watch/names.ts";

/** Announces that the list of resources changed. The directories are watched only while somebody listens. */
export class RootChanges extends Changes {
  readonly #directories: readonly string[];
  #listeners = 0;
  #stop: (() => void) | undefined;

  /** @param directories what is directly in them is in the list */
  constructor(directories: readonly string[]) {
    super();
    this.#directories = directories;
  }

  override listen(listener: Parameters<Changes["listen"]>[0]): () => void {
    const silence = super.listen(listener);
    this.#listeners++;
    this.#stop ??= watchNames(this.#directories, () => this.listChanged("resources"));
    let isSilent = false;
    return () => {
      if (isSilent) return;
      isSilent = true;
      silence();
      if (--this.#listeners > 0) return;
      this.#stop?.();
      this.#stop = undefined;
    };
  }
}
