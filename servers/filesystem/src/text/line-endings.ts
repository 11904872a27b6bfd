/** A text seen with every line ending as "\n", and the way back to offsets of the text itself. */
export interface NormalizedText {
  readonly text: string;
  /** Turns an offset of the normalized text into one of the original; "\n" maps to its "\r". */
  toOriginal(offset: number): number;
}

/** Which line endings a text has. */
export type LineEnding = "lf" | "crlf" | "mixed" | "none";

/** Names the line endings of a text. */
export function lineEndingOf(text: string): LineEnding {
  const crlf = countOf(text, "\r\n");
  const all = countOf(text, "\n");
  if (all === 0) return "none";
  if (crlf === 0) return "lf";
  return crlf === all ? "crlf" : "mixed";
}

/** Turns every "\r\n" into "\n". */
export function withLineFeeds(text: string): string {
  return text.includes("\r\n") ? text.replaceAll("\r\n", "\n") : text;
}

/** Normalizes line endings and remembers where they were, so that an edit can keep them. */
export function normalizeLineEndings(text: string): NormalizedText {
  if (!text.includes("\r\n")) return { text, toOriginal: (offset) => offset };
  const removed: number[] = [];
  for (let at = text.indexOf("\r\n"); at !== -1; at = text.indexOf("\r\n", at + 2)) {
    removed.push(at - removed.length);
  }
  return {
    text: text.replaceAll("\r\n", "\n"),
    toOriginal: (offset) => offset + countBelow(removed, offset),
  };
}

/**
 * The ending new lines should get at an offset of a text: that of the line itself, of the line before
 * when it is the last one, and "\n" in a text of a single line.
 */
export function endingAt(text: string, offset: number): "\n" | "\r\n" {
  const after = text.indexOf("\n", offset);
  const end = after === -1 ? text.lastIndexOf("\n") : after;
  return end > 0 && text[end - 1] === "\r" ? "\r\n" : "\n";
}

function countOf(text: string, part: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + part.length)) count++;
  return count;
}

/** How many numbers of a rising list are below `limit`. */
function countBelow(rising: readonly number[], limit: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rising[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
