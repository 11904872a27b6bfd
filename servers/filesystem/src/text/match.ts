import { TextError } from "./error.ts";

/** A range of a text, `end` not included, and what should stand there instead. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Every place where `oldText` stands as it is, without overlaps. */
export function findExact(content: string, oldText: string, newText: string): Replacement[] {
  const found: Replacement[] = [];
  let at = content.indexOf(oldText);
  while (at !== -1) {
    const end = at + oldText.length;
    found.push({ start: at, end, text: newText });
    at = content.indexOf(oldText, end);
  }
  return found;
}

/**
 * Every run of whole lines that equals the lines of `oldText` once both are trimmed, without overlaps.
 * The new text is given the indentation found. Throws a {@link TextError} past `deadline`
 * (a `performance.now()` time).
 */
export function findTrimmed(
  content: string,
  oldText: string,
  newText: string,
  deadline: number,
): Replacement[] {
  const lines = content.split("\n");
  const trimmed = lines.map((line) => line.trim());
  const oldLines = oldText.split("\n");
  const wanted = oldLines.map((line) => line.trim());
  const found: Replacement[] = [];
  if (wanted.every((line) => line === "")) return found;
  const offsets = lineOffsets(lines);
  const lastStart = lines.length - wanted.length;
  let at = trimmed.indexOf(wanted[0]!);
  while (at !== -1 && at <= lastStart) {
    if (performance.now() > deadline) throw outOfTime();
    const fits = wanted.every((line, i) => trimmed[at + i] === line);
    if (fits) {
      const end = at + wanted.length - 1;
      found.push({
        start: offsets[at]!,
        end: offsets[end]! + lines[end]!.length,
        text: reindent(oldLines, newText, indentOf(lines[at]!)),
      });
    }
    at = trimmed.indexOf(wanted[0]!, fits ? at + wanted.length : at + 1);
  }
  return found;
}

/**
 * The new text with the indentation of the place it goes to: the first line takes it over, and a later
 * one keeps how much deeper it is than the old line at the same position.
 */
function reindent(oldLines: readonly string[], newText: string, indent: string): string {
  return newText
    .split("\n")
    .map((line, i) => {
      if (i === 0) return indent + line.trimStart();
      const before = indentOf(oldLines[i] ?? "");
      const after = indentOf(line);
      if (before === "" || after === "") return line;
      return indent + " ".repeat(Math.max(0, after.length - before.length)) + line.trimStart();
    })
    .join("\n");
}

function indentOf(line: string): string {
  return line.slice(0, line.length - line.trimStart().length);
}

function lineOffsets(lines: readonly string[]): number[] {
  let offset = 0;
  return lines.map((line) => {
    const start = offset;
    offset += line.length + 1;
    return start;
  });
}

function outOfTime(): TextError {
  return new TextError(
    "too-much-work",
    "Looking for the old text took too long; send fewer edits at once, or copy the old text exactly from the file.",
  );
}
