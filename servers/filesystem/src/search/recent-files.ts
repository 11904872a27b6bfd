import { Budget, type Limits } from "./budget.ts";
import { type Folder, isRefusal } from "./folder.ts";
import { requireWholeNumber } from "./number.ts";
import { join, walk } from "./walk.ts";

/** A file and when it was last changed. */
export interface RecentFile {
  /** Relative to the start. */
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** The files changed last. */
export interface RecentFiles {
  /** Newest first; of the same age, in order of path. */
  readonly files: readonly RecentFile[];
  /** Whether every file was looked at. */
  readonly complete: boolean;
}

const maxEntries = 50_000;

/**
 * The `count` files below `start` that were changed last, without "node_modules", ".git" and what
 * .gitignore files say. Looks at 50,000 entries at most.
 */
export async function recentFiles(
  folder: Folder,
  start: string,
  count: number,
  limits: Limits,
): Promise<RecentFiles> {
  requireWholeNumber("count", count, 1);
  const newest: RecentFile[] = [];
  let seen = 0;
  const exclude = (path: string) => path === "node_modules" || path.endsWith("/node_modules");
  const options = { budget: new Budget(limits), start, gitignore: true, exclude };
  const { stopped } = await walk(folder, options, async ({ path, entry }) => {
    if (seen++ === maxEntries) return "stop";
    if (entry.type !== "file") return undefined;
    try {
      const { modified } = await folder.stat(join(start, path));
      keep(newest, { path, modified }, count);
    } catch (error) {
      // Gone since it was listed.
      if (!isRefusal(error)) throw error;
    }
    return undefined;
  });
  return { files: newest, complete: stopped === undefined };
}

function keep(newest: RecentFile[], file: RecentFile, count: number): void {
  if (newest.length === count && newest.at(-1)!.modified >= file.modified) return;
  const place = newest.findIndex((other) => other.modified < file.modified);
  newest.splice(place === -1 ? newest.length : place, 0, file);
  if (newest.length > count) newest.pop();
}
