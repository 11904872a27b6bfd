import { statSync, watch } from "node:fs";

/** How far, in milliseconds, the time that a file system notes may lie behind the clock. */
const CLOCK_TICK_MS = 20;

/** Names that come or go within this many milliseconds of the first are told together with it. */
const DEBOUNCE_MS = 100;

/**
 * Calls `changed` when names came to one of `directories` or left it, until the returned function is called. Nothing
 * is read and nothing below them is watched, so that it costs next to nothing; one that cannot be watched is passed over.
 */
export function watchNames(directories: readonly string[], changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const heard = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      changed();
    }, DEBOUNCE_MS).unref();
  };
  const watchers = directories.flatMap((directory) => {
    try {
      const watcher = watch(directory, { persistent: false });
      // Node's name for a name that came or went; the other is "change".
      watcher.on("change", (event) => event === "rename" && heard());
      watcher.on("error", () => watcher.close());
      return [watcher];
    } catch {
      return [];
    }
  });
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

/** Whether names may have come to one of `directories`, or left it, since `time` (milliseconds since the epoch). */
export function changedSince(directories: readonly string[], time: number): boolean {
  return directories.some((directory) => {
    try {
      return statSync(directory).mtimeMs >= time - CLOCK_TICK_MS;
    } catch {
      return false;
    }
  });
}
