import { Budget, type Limits } from "./budget.ts";
import { namesAtAnyDepth } from "./excludes.ts";
import { type Folder, isRefusal } from "./folder.ts";
import type { FoundLine } from "./line-matches.ts";
import { requireWholeNumber } from "./number.ts";
import { bufferBytes, type FilePosition, type FileSearch, searchFile } from "./search-file.ts";
import type { StopReason } from "./stopped.ts";
import { compileTextPattern, type TextPattern, type TextPatternQuery } from "./text-pattern.ts";
import { join, walk } from "./walk.ts";

/** What to look for, and in which files. All paths and globs are relative to `start`. */
export interface TextQuery extends TextPatternQuery {
  /** Directory to search, relative to the folder; default the folder itself. */
  readonly start?: string;
  /** Globs of the files to search; one without "/" is for names at any depth. Default all. */
  readonly include?: readonly string[];
  /** Globs of the files and directories to leave out; one without "/" is for names at any depth. */
  readonly exclude?: readonly string[];
  /** Leaves out what .gitignore files say. */
  readonly gitignore?: boolean;
  /** Lines to show before each match; default 0. */
  readonly before?: number;
  /** Lines to show after each match; default 0. */
  readonly after?: number;
  /** How many matching lines to find, 1 or more. */
  readonly limit: number;
  /** Where to go on: `next` of the answer before. */
  readonly from?: TextCursor;
}

/** Where a search goes on: plain data, of use only with the same query. */
export interface TextCursor extends FilePosition {
  readonly path: string;
}

/** The matches in one file. */
export interface FileMatches {
  readonly path: string;
  /** The matching lines, which have a column, and those around them; ascending, none twice. */
  readonly lines: readonly FoundLine[];
}

/** What a search for text gave. */
export interface FoundText {
  /** Files in the order of a walk: code unit order of names, a directory's files where its name comes. */
  readonly files: readonly FileMatches[];
  /** How many lines matched. */
  readonly matches: number;
  readonly filesSearched: number;
  /** Files that were binary, or could not be read. */
  readonly filesSkipped: number;
  /** Why there may be more, and where to go on. */
  readonly stopped?: { readonly reason: StopReason; readonly next: TextCursor };
  /** Directories that could not be read. */
  readonly unreadable: number;
  /** Directories too large to be listed whole. */
  readonly cut: number;
}

/**
 * Searches the lines of text files for a regular expression or a text. Links are not followed, binary
 * files not searched. Throws a SearchError for a bad pattern or number.
 */
export async function findText(
  folder: Folder,
  query: TextQuery,
  limits: Limits,
): Promise<FoundText> {
  requireWholeNumber("limit", query.limit, 1);
  requireWholeNumber("before", query.before ?? 0, 0);
  requireWholeNumber("after", query.after ?? 0, 0);
  const pattern = await compileTextPattern(query);
  return new TextSearch(folder, query, pattern, new Budget(limits)).run();
}

const filesAtOnce = 8;
const batchLength = 64;
const mostContext = 100;

class TextSearch {
  readonly #folder: Folder;
  readonly #query: TextQuery;
  readonly #pattern: TextPattern;
  readonly #budget: Budget;
  readonly #buffers: Buffer[] = [];
  readonly #files: FileMatches[] = [];
  #matches = 0;
  #searched = 0;
  #skipped = 0;
  #stopped: FoundText["stopped"];

  constructor(folder: Folder, query: TextQuery, pattern: TextPattern, budget: Budget) {
    this.#folder = folder;
    this.#query = query;
    this.#pattern = pattern;
    this.#budget = budget;
  }

  async run(): Promise<FoundText> {
    const { start, gitignore, from } = this.#query;
    const include = namesAtAnyDepth(this.#query.include ?? []);
    const exclude = namesAtAnyDepth(this.#query.exclude ?? []);
    const options = { budget: this.#budget, start, gitignore, exclude, from: from?.path };
    let batch: string[] = [];
    const end = await walk(this.#folder, options, ({ path, entry }) => {
      if (entry.type !== "file" || include?.(path) === false) return undefined;
      batch.push(path);
      if (batch.length < batchLength) return undefined;
      const full = batch;
      batch = [];
      return this.#search(full);
    });
    if (this.#stopped === undefined) await this.#search(batch);
    if (this.#stopped === undefined && end.stopped !== undefined) {
      // The walk ran out of time between two files; only then did the batch come to its end.
      this.#stop(end.stopped.reason === "bytes" ? "bytes" : "time", end.stopped.next);
    }
    return {
      files: this.#files,
      matches: this.#matches,
      filesSearched: this.#searched,
      filesSkipped: this.#skipped,
      ...(this.#stopped && { stopped: this.#stopped }),
      unreadable: end.unreadable,
      cut: end.cut,
    };
  }

  /** Searches a batch of files, some at once, and takes what was found in their order. */
  async #search(paths: readonly string[]): Promise<"stop" | undefined> {
    const searches: (FileSearch | "skipped" | undefined)[] = [];
    let next = 0;
    const work = async () => {
      while (next < paths.length && this.#budget.spent === undefined) {
        const index = next++;
        searches[index] = await this.#searchOne(paths[index]!, this.#left);
      }
    };
    await Promise.all(Array.from({ length: Math.min(filesAtOnce, paths.length) }, work));
    for (const [index, path] of paths.entries()) {
      if (this.#left === 0) return this.#stop("limit", path);
      const search = searches[index];
      if (search === undefined) return this.#stop(this.#budget.spent ?? "time", path);
      if (search === "skipped") this.#skipped++;
      else await this.#take(path, search);
      if (this.#stopped !== undefined) return "stop";
    }
    return undefined;
  }

  /** How many more lines may match. */
  get #left(): number {
    return this.#query.limit - this.#matches;
  }

  #stop(reason: StopReason, path: string): "stop" {
    this.#stopped = { reason, next: { path, offset: 0, line: 1 } };
    return "stop";
  }

  async #take(path: string, search: FileSearch): Promise<void> {
    // Files searched at once each had the whole rest of the limit; this one no longer has.
    if (search.count > this.#left) {
      const again = await this.#searchOne(path, this.#left);
      if (again === "skipped") return;
      return this.#take(path, again);
    }
    this.#searched++;
    this.#matches += search.count;
    if (search.lines.length > 0) this.#files.push({ path, lines: search.lines });
    if (search.stopped === undefined) return;
    const { reason, next } = search.stopped;
    this.#stopped = { reason, next: { path, ...next } };
  }

  async #searchOne(path: string, limit: number): Promise<FileSearch | "skipped"> {
    const { before = 0, after = 0, start = "", from } = this.#query;
    const position = from?.path === path ? from : { offset: 0, line: 1 };
    const options = {
      before: Math.min(before, mostContext),
      after: Math.min(after, mostContext),
      limit,
      from: position,
    };
    const buffer = this.#buffers.pop() ?? Buffer.allocUnsafeSlow(bufferBytes);
    try {
      const file = await this.#folder.open(join(start, path));
      try {
        const search = await searchFile(file, this.#pattern, options, this.#budget, buffer);
        return search ?? "skipped";
      } finally {
        await file.close();
      }
    } catch (error) {
      this.#budget.throwIfAborted();
      if (!isRefusal(error)) throw error;
      return "skipped";
    } finally {
      this.#buffers.push(buffer);
    }
  }
}
