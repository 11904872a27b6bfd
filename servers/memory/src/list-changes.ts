import { Changes } from "@portico/core";
import type { Deps } from "./deps.ts";

/** Changes within this many milliseconds of the first are told together with it. */
const DEBOUNCE_MS = 100;

/**
 * Announces that the list of resources changed, while somebody listens and once the store is open: whoever has listed
 * resources has opened it. Everybody who listens hears of a list, so what callers who authenticated write is not
 * announced here: it would tell each of them when the others write.
 */
export class ListChanges extends Changes {
  readonly #deps: Deps;
  #listeners = 0;
  #timer: NodeJS.Timeout | undefined;
  #stop: (() => void) | undefined;

  constructor(deps: Deps) {
    super();
    this.#deps = deps;
  }

  override listen(listener: Parameters<Changes["listen"]>[0]): () => void {
    const silence = super.listen(listener);
    if (this.#listeners++ === 0) this.#stop = this.#watch();
    let isSilent = false;
    return () => {
      if (isSilent) return;
      isSilent = true;
      silence();
      if (--this.#listeners > 0) return;
      this.#stop?.();
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  #watch(): () => void {
    let unwatch: (() => void) | undefined;
    const forget = this.#deps.store.whenOpen((store) => {
      unwatch = store.watch(({ scope }) => {
        if (scope.owner === "" && scope.project === this.#deps.project) this.#tellSoon();
      });
    });
    return () => {
      forget();
      unwatch?.();
    };
  }

  #tellSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.listChanged("resources");
    }, DEBOUNCE_MS).unref();
  }
}
