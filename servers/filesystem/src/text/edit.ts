import { TextError } from "./error.ts";
import { endingAt, normalizeLineEndings, withLineFeeds } from "./line-endings.ts";
import { findExact, findTrimmed, type Replacement } from "./match.ts";
import { nearestHint } from "./nearest.ts";

/** One change to a text: some lines or words, and what to put in their place. */
export interface Edit {
  readonly oldText: string;
  readonly newText: string;
  /** Replace every occurrence; otherwise more than one is refused. */
  readonly replaceAll?: boolean;
  /** Replace every occurrence, but only when there are exactly this many. */
  readonly expectedOccurrences?: number;
}

/** An edited text, and how many places each edit changed, in the order of the edits. */
export interface EditResult {
  readonly text: string;
  readonly counts: readonly number[];
}

const defaultTimeMs = 5000;

/**
 * Applies edits one after the other, each to the result of the one before. The old text is looked for
 * as it is, then line by line without regard to indentation, which the new text then takes over.
 * "\r\n" and "\n" match each other; everything outside the matches keeps its endings, and new lines get
 * those around them. Nothing is applied unless everything can be: it throws a {@link TextError} for an
 * empty old text, none or too many matches, or after `timeMs` (default 5,000) milliseconds.
 */
export function applyEdits(
  text: string,
  edits: readonly Edit[],
  timeMs: number = defaultTimeMs,
): EditResult {
  const deadline = performance.now() + timeMs;
  const counts: number[] = [];
  let edited = text;
  for (const [index, edit] of edits.entries()) {
    const found = findMatches(edited, edit, `Edit ${index + 1} of ${edits.length}`, deadline);
    edited = replaceRanges(edited, found);
    counts.push(found.length);
  }
  return { text: edited, counts };
}

function findMatches(
  text: string,
  edit: Edit,
  label: string,
  deadline: number,
): readonly Replacement[] {
  const oldText = withLineFeeds(edit.oldText);
  if (oldText === "") {
    throw new TextError(
      "invalid-argument",
      `${label} has an empty oldText; give the text to replace, or some lines next to the place to insert at.`,
    );
  }
  const { text: content, toOriginal } = normalizeLineEndings(text);
  const newText = withLineFeeds(edit.newText);
  let found = findExact(content, oldText, newText);
  if (found.length === 0) found = findTrimmed(content, oldText, newText, deadline);
  requireCount(content, edit, found, label);
  return found.map((match) => ({
    start: toOriginal(match.start),
    end: toOriginal(match.end),
    text: match.text,
  }));
}

function requireCount(
  content: string,
  edit: Edit,
  found: readonly Replacement[],
  label: string,
): void {
  const { replaceAll, expectedOccurrences: expected } = edit;
  if (found.length === 0 && expected !== 0) {
    throw new TextError(
      "no-match",
      `${label}: the old text is not in the file.${nearestHint(content, withLineFeeds(edit.oldText))}`,
    );
  }
  if (expected !== undefined && found.length !== expected) {
    throw new TextError(
      "wrong-count",
      `${label} expected ${expected} occurrences but found ${found.length}, at ${lineList(content, found)}; nothing was changed.`,
    );
  }
  if (expected === undefined && replaceAll !== true && found.length > 1) {
    throw new TextError(
      "ambiguous-match",
      `${label} matches ${found.length} places, at ${lineList(content, found)}; add lines around the right one to oldText, or set replaceAll.`,
    );
  }
}

/** Puts the new texts in, leaving the longest common start and end of each range as it was. */
function replaceRanges(text: string, replacements: readonly Replacement[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { start, end, text: newText } of replacements) {
    const kept = keptEnds(text.slice(start, end), newText);
    const ending = endingAt(text, start + kept.before);
    const inner = newText.slice(kept.newBefore, newText.length - kept.newAfter);
    parts.push(text.slice(done, start + kept.before));
    parts.push(ending === "\n" ? inner : inner.replaceAll("\n", ending));
    done = end - kept.after;
  }
  parts.push(text.slice(done));
  return parts.join("");
}

/** How much of an old range, whose line endings may be "\r\n", begins and ends like the new text. */
function keptEnds(old: string, fresh: string) {
  let before = 0;
  let newBefore = 0;
  while (newBefore < fresh.length && before < old.length) {
    const step = old.startsWith("\r\n", before) ? 2 : 1;
    const seen = step === 2 ? "\n" : old[before];
    if (seen !== fresh[newBefore]) break;
    before += step;
    newBefore++;
  }
  let after = 0;
  let newAfter = 0;
  while (newBefore + newAfter < fresh.length && before + after < old.length) {
    const at = old.length - after;
    if (old[at - 1] !== fresh[fresh.length - newAfter - 1]) break;
    const step = at - 2 >= before && old.startsWith("\r\n", at - 2) ? 2 : 1;
    after += step;
    newAfter++;
  }
  return { before, newBefore, after, newAfter };
}

const listedLines = 20;

function lineList(content: string, found: readonly Replacement[]): string {
  const lines: number[] = [];
  let line = 1;
  let at = 0;
  for (const { start } of found.slice(0, listedLines)) {
    for (let next = content.indexOf("\n", at); next !== -1 && next < start; ) {
      line++;
      at = next + 1;
      next = content.indexOf("\n", at);
    }
    lines.push(line);
  }
  const more = found.length > listedLines ? ` and ${found.length - listedLines} more` : "";
  return `${lines.length === 1 ? "line" : "lines"} ${lines.join(", ")}${more}`;
}
