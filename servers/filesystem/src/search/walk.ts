import type { Budget } from "./budget.ts";
import { type Entries, type Entry, type Folder, isRefusal, type Maybe } from "./folder.ts";
import type { IgnoreRules } from "./ignore-rules.ts";
import { readIgnoreRules } from "./read-ignore-rules.ts";

/** What to visit. */
export interface WalkOptions {
  readonly budget: Budget;
  /** Directory to begin in, relative to the folder; default "", the folder itself. */
  readonly start?: string;
  /** The path, relative to `start`, to go on with: everything before it is left out. */
  readonly from?: string;
  /** How deep to go: 1 is the entries of the start itself. Default 4,096. */
  readonly maxDepth?: number;
  /** Leaves out what .gitignore files say, and ".git" itself. */
  readonly gitignore?: boolean;
  /** Says which entries to leave out, with everything below them. */
  readonly exclude?: (path: string) => boolean;
}

/** One entry on the walk. */
export interface Step {
  /** Relative to the start. */
  readonly path: string;
  readonly entry: Entry;
  /** 1 for the entries of the start itself. */
  readonly depth: number;
}

/** How a walk ended. */
export interface WalkEnd {
  /** Why it ended before the last entry, and which entry comes next (for {@link WalkOptions.from}). */
  readonly stopped?: { readonly reason: "visitor" | "time" | "bytes"; readonly next: string };
  /** Directories that could not be read; they were passed over. */
  readonly unreadable: number;
  /** Directories with more than 200,000 entries, of which the rest was left out. */
  readonly cut: number;
}

/** Called for every entry; "stop" ends the walk with this entry as the next one. */
export type Visitor = (step: Step) => Maybe<"stop" | undefined>;

const entryLimit = 200_000;
const defaultDepth = 4096;
const readAhead = 8;

/**
 * Visits the entries below a directory, each directory before its contents and names in code unit order.
 * Links are visited and never entered. Rejects when the start itself cannot be listed, or on abort.
 */
export async function walk(folder: Folder, options: WalkOptions, visit: Visitor): Promise<WalkEnd> {
  return new Walk(folder, options).run(visit);
}

/** A directory being walked. */
interface Level {
  readonly path: string;
  readonly depth: number;
  readonly entries: readonly Entry[];
  readonly rules: IgnoreRules | undefined;
  /** The rest of the path to go on with, while the walk is still on its way there. */
  readonly from: readonly string[];
  readonly ahead: Map<string, Promise<Level>>;
  next: number;
  nextAhead: number;
}

class Walk {
  readonly #folder: Folder;
  readonly #options: WalkOptions;
  readonly #start: string;
  readonly #maxDepth: number;
  #unreadable = 0;
  #cut = 0;
  /** Whether listing takes a round trip, so that it pays to ask for the next directories early. */
  #distant = false;

  constructor(folder: Folder, options: WalkOptions) {
    this.#folder = folder;
    this.#options = options;
    this.#start = options.start ?? "";
    this.#maxDepth = options.maxDepth ?? defaultDepth;
  }

  async run(visit: Visitor): Promise<WalkEnd> {
    const { budget } = this.#options;
    const levels = [await this.#first()];
    for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
      const entry = level.entries[level.next++];
      if (entry === undefined) {
        levels.pop();
        continue;
      }
      const path = join(level.path, entry.name);
      if (level.from.length < 2 || entry.name !== level.from[0]) {
        const reason = budget.spent;
        if (reason !== undefined) return this.#end({ reason, next: path });
        const pause = budget.breathe();
        if (pause !== undefined) await pause;
        if (this.#leavesOut(level, entry, path)) continue;
        const answer = visit({ path, entry, depth: level.depth });
        if ((answer instanceof Promise ? await answer : answer) === "stop") {
          return this.#end({ reason: "visitor", next: path });
        }
      }
      if (this.#enters(level, entry)) levels.push(await this.#below(level, entry.name));
    }
    return this.#end(undefined);
  }

  #end(stopped: WalkEnd["stopped"]): WalkEnd {
    return { ...(stopped && { stopped }), unreadable: this.#unreadable, cut: this.#cut };
  }

  #enters(level: Level, entry: Entry): boolean {
    return entry.type === "directory" && level.depth < this.#maxDepth;
  }

  #leavesOut(level: Level, entry: Entry, path: string): boolean {
    const { exclude, gitignore } = this.#options;
    if (gitignore && entry.name === ".git") return true;
    const isDirectory = entry.type === "directory";
    if (level.rules?.ignores(join(this.#start, path), isDirectory)) return true;
    return exclude?.(path) ?? false;
  }

  async #first(): Promise<Level> {
    const from = this.#options.from?.split("/") ?? [];
    const listing = await this.#list(this.#start);
    const above = this.#options.gitignore ? await this.#rulesAbove() : undefined;
    return this.#level("", 1, listing, above, from);
  }

  /** The rules of the directories from the folder down to, not including, the start. */
  async #rulesAbove(): Promise<IgnoreRules | undefined> {
    if (this.#start === "") return undefined;
    const parts = this.#start.split("/");
    let rules: IgnoreRules | undefined;
    for (let length = 0; length < parts.length; length++) {
      rules = await readIgnoreRules(this.#folder, parts.slice(0, length).join("/"), rules);
    }
    return rules;
  }

  #below(level: Level, name: string): Promise<Level> {
    if (this.#distant) this.#lookAhead(level);
    const early = level.ahead.get(name);
    level.ahead.delete(name);
    return early ?? this.#enter(level, name);
  }

  #lookAhead(level: Level): void {
    level.nextAhead = Math.max(level.nextAhead, level.next);
    while (level.ahead.size < readAhead && level.nextAhead < level.entries.length) {
      const entry = level.entries[level.nextAhead++]!;
      const wanted =
        this.#enters(level, entry) && !this.#leavesOut(level, entry, join(level.path, entry.name));
      if (!wanted) continue;
      const early = this.#enter(level, entry.name);
      // A walk that ends before it gets there must not leave a rejection nobody handles.
      early.catch(() => undefined);
      level.ahead.set(entry.name, early);
    }
  }

  async #enter(level: Level, name: string): Promise<Level> {
    const path = join(level.path, name);
    const from = name === level.from[0] ? level.from.slice(1) : [];
    let listing: Entries;
    try {
      listing = await this.#list(join(this.#start, path));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.#unreadable++;
      listing = { entries: [], more: false };
    }
    return this.#level(path, level.depth + 1, listing, level.rules, from);
  }

  #list(path: string): Maybe<Entries> {
    const listing = this.#folder.list(path, entryLimit);
    if (listing instanceof Promise) this.#distant = true;
    return listing;
  }

  async #level(
    path: string,
    depth: number,
    { entries, more }: Entries,
    above: IgnoreRules | undefined,
    from: readonly string[],
  ): Promise<Level> {
    if (more) this.#cut++;
    const own = this.#options.gitignore && entries.some(isIgnoreFile);
    const rules = own ? await readIgnoreRules(this.#folder, join(this.#start, path), above) : above;
    const [first] = from;
    const next = first === undefined ? 0 : entries.findIndex((entry) => entry.name >= first);
    const start = next === -1 ? entries.length : next;
    return { path, depth, entries, rules, from, ahead: new Map(), next: start, nextAhead: start };
  }
}

function isIgnoreFile(entry: Entry): boolean {
  return entry.name === ".gitignore" && entry.type === "file";
}

/** Joins two relative paths, either of which may be "". */
export function join(directory: string, name: string): string {
  if (directory === "") return name;
  return name === "" ? directory : `${directory}/${name}`;
}
