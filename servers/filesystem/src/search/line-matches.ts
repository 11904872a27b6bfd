import { withLineFeeds } from "../text/line-endings.ts";
import type { TextPattern } from "./text-pattern.ts";

/** A line of a file as a search shows it. */
export interface FoundLine {
  /** From 1. */
  readonly line: number;
  /** The line, or of a very long one the part around the match, with "…" where something was left out. */
  readonly text: string;
  /** Where the first match begins, from 1, in UTF-16 units; absent on lines of context. */
  readonly column?: number;
}

/** How much to show around each match, and how many lines may match. */
export interface MatchOptions {
  readonly before: number;
  readonly after: number;
  readonly limit: number;
}

/** What a piece of text held. */
export interface Added {
  /** How many lines, one without an ending at the end included. */
  readonly lines: number;
  /** Which of them, from 0, was the last match there is room for; later ones were only shown around it. */
  readonly lastMatch?: number;
}

const maxShown = 500;
const shownBefore = 100;

/** Collects the matching lines of one file, given to it piece by piece from the top. */
export class LineMatches {
  readonly lines: FoundLine[] = [];
  /** How many lines matched. */
  count = 0;
  readonly #pattern: TextPattern;
  readonly #options: MatchOptions;
  /** The last lines of context not shown yet, with the number of the line after them. */
  #waiting: string[] = [];
  #owed = 0;

  constructor(pattern: TextPattern, options: MatchOptions) {
    this.#pattern = pattern;
    this.#options = options;
  }

  /** Whether a piece without a match need not be given at all, as none of its lines would be shown. */
  get needsOnlyMatches(): boolean {
    return this.#owed === 0 && this.#options.before === 0;
  }

  /** Whether as many lines match as were asked for, with all the lines to show after them. */
  get full(): boolean {
    return this.count >= this.#options.limit && this.#owed === 0;
  }

  /**
   * Takes the next piece of text, whose first line has number `first` and begins `columns` characters
   * before it.
   */
  add(text: string, first: number, columns: number): Added {
    const content = withLineFeeds(text);
    const lines = content.split("\n");
    if (lines.at(-1) === "") lines.pop();
    if (this.#owed === 0 && !this.#pattern.mayMatch(content)) {
      this.#remember(lines);
      return { lines: lines.length };
    }
    let lastMatch: number | undefined;
    for (const [i, line] of lines.entries()) {
      if (this.full) break;
      if (this.count < this.#options.limit && this.#pattern.matches(line)) {
        this.#show(line, first + i, i === 0 ? columns : 0);
        if (this.count === this.#options.limit) lastMatch = i;
      } else this.#pass(line, first + i);
    }
    return { lines: lines.length, lastMatch };
  }

  #show(line: string, number: number, columns: number): void {
    // Another part of a line that matched already.
    if (this.lines.at(-1)?.line === number) return;
    const { index, length } = this.#pattern.locate(line);
    const start = number - this.#waiting.length;
    for (const [i, text] of this.#waiting.entries()) {
      this.lines.push({ line: start + i, text: shorten(text, 0) });
    }
    this.#waiting = [];
    const column = columns + index + 1;
    this.lines.push({ line: number, text: shorten(line, index, length), column });
    this.count++;
    this.#owed = this.#options.after;
  }

  #pass(line: string, number: number): void {
    if (this.#owed > 0) {
      this.#owed--;
      this.lines.push({ line: number, text: shorten(line, 0) });
    } else this.#remember([line]);
  }

  #remember(lines: readonly string[]): void {
    const { before } = this.#options;
    if (before === 0) return;
    this.#waiting = [...this.#waiting, ...lines.slice(-before)].slice(-before);
  }
}

/** The part of a long line around a match. */
function shorten(line: string, index: number, length = 0): string {
  if (line.length <= maxShown) return line;
  const start = index + length <= maxShown ? 0 : Math.max(0, index - shownBefore);
  const end = start + maxShown;
  const part = line.slice(start, end).toWellFormed();
  return `${start > 0 ? "…" : ""}${part}${end < line.length ? "…" : ""}`;
}
