import { Budget, type Limits } from "./budget.ts";
import { exactly } from "./excludes.ts";
import type { EntryType, Folder } from "./folder.ts";
import { compileGlob } from "./glob/glob.ts";
import { requireWholeNumber } from "./number.ts";
import { join, walk } from "./walk.ts";

/** Which names to look for. All paths and patterns are relative to `start`. */
export interface FileQuery {
  /** A glob for the whole relative path: `*.ts` finds files of the start itself only. */
  readonly pattern: string;
  /** Globs for whole relative paths to leave out, with everything below them. */
  readonly exclude?: readonly string[];
  /** Directory to search, relative to the folder; default the folder itself. */
  readonly start?: string;
  /** Leaves out what .gitignore files say. */
  readonly gitignore?: boolean;
  /** How many to find, 1 or more. */
  readonly limit: number;
  /** Where to go on: `next` of the answer before. */
  readonly from?: string;
}

/** A path that was found, relative to the start. */
export interface FoundFile {
  readonly path: string;
  readonly type: EntryType;
}

/** What a search by name gave. */
export interface FoundFiles {
  /** Each directory before its contents, names in code unit order. */
  readonly found: readonly FoundFile[];
  /** Why there may be more, and where to go on. */
  readonly stopped?: { readonly reason: "limit" | "time"; readonly next: string };
  /** Directories that could not be read. */
  readonly unreadable: number;
  /** Directories too large to be listed whole. */
  readonly cut: number;
}

/**
 * Finds files and directories by glob. Hidden names count like others; a link is found when what it
 * leads to exists and may be used, and is never followed further. Throws a SearchError for a bad pattern.
 */
export async function findFiles(
  folder: Folder,
  query: FileQuery,
  limits: Limits,
): Promise<FoundFiles> {
  const limit = requireWholeNumber("limit", query.limit, 1);
  const matches = compileGlob(query.pattern);
  const exclude = exactly(query.exclude ?? []);
  const { start = "", from, gitignore } = query;
  const found: FoundFile[] = [];
  const options = { budget: new Budget(limits), start, from, gitignore, exclude };
  const { stopped, unreadable, cut } = await walk(folder, options, ({ path, entry }) => {
    if (!matches(path)) return undefined;
    if (found.length === limit) return "stop";
    if (entry.type === "link") return addLink(folder, start, path, found);
    found.push({ path, type: entry.type });
    return undefined;
  });
  if (stopped === undefined) return { found, unreadable, cut };
  const reason = stopped.reason === "visitor" ? "limit" : "time";
  return { found, stopped: { reason, next: stopped.next }, unreadable, cut };
}

async function addLink(
  folder: Folder,
  start: string,
  path: string,
  found: FoundFile[],
): Promise<undefined> {
  if (await folder.leadsInside(join(start, path))) found.push({ path, type: "link" });
}
