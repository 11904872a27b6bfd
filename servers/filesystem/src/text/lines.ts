import { TextError } from "./error.ts";

// A line ends at "\n". A final "\n" ends the last line and does not begin another, empty one.

/** A run of lines of a text. */
export interface LineRange {
  /** The lines with their endings as in the text, without the ending of the last one. */
  readonly text: string;
  /** Number of the first line taken, from 1. */
  readonly first: number;
  /** Number of the last line taken; `first - 1` when there is none. */
  readonly last: number;
  /** How many lines the whole text has. */
  readonly total: number;
}

/**
 * Returns `count` when it is a positive whole number.
 * Throws a {@link TextError} naming the argument otherwise.
 */
export function requireLineCount(name: string, count: number): number {
  if (Number.isSafeInteger(count) && count >= 1) return count;
  throw new TextError("invalid-argument", `${name} must be a whole number, 1 or more.`);
}

/** How many lines a text has; an empty text has none. */
export function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count++;
  return text === "" || text.endsWith("\n") ? count : count + 1;
}

/** The first `count` lines, without the ending of the last one. */
export function headLines(text: string, count: number): string {
  requireLineCount("head", count);
  const end = startOfLine(text, count + 1);
  return withoutFinalEnding(text.slice(0, end));
}

/** The last `count` lines, without the ending of the last one. */
export function tailLines(text: string, count: number): string {
  requireLineCount("tail", count);
  const body = withoutFinalEnding(text);
  let start = body.length;
  for (let left = count; left > 0 && start !== -1; left--) {
    start = start === 0 ? -1 : body.lastIndexOf("\n", start - 1);
  }
  return body.slice(start + 1);
}

/**
 * Lines `first` to `last`, both included and counted from 1; to the end when `last` is left out.
 * Throws a {@link TextError} when `first` is past the end or `last` is before `first`.
 */
export function lineRange(text: string, first: number, last?: number): LineRange {
  requireLineCount("first", first);
  const total = countLines(text);
  const stop = last === undefined ? total : Math.min(requireLineCount("last", last), total);
  if (last !== undefined && last < first) {
    throw new TextError("invalid-argument", `Line ${last} comes before line ${first}; swap them.`);
  }
  if (first > Math.max(total, 1)) {
    throw new TextError(
      "invalid-argument",
      `The file has ${total} lines, so there is no line ${first}.`,
    );
  }
  const start = startOfLine(text, first);
  const end = start + startOfLine(text.slice(start), stop - first + 2);
  return { text: withoutFinalEnding(text.slice(start, end)), first, last: stop, total };
}

/** Offset at which line `number` starts, or the length of the text when it has fewer lines. */
function startOfLine(text: string, number: number): number {
  let start = 0;
  for (let line = 1; line < number; line++) {
    const end = text.indexOf("\n", start);
    if (end === -1) return text.length;
    start = end + 1;
  }
  return start;
}

function withoutFinalEnding(text: string): string {
  if (!text.endsWith("\n")) return text;
  return text.slice(0, text.endsWith("\r\n") ? -2 : -1);
}
