import { withoutInvisible } from "@portico/remote-api";
import { GoogleError } from "../google/error.ts";

/** Text without a gap: the character at `text[i]` has the index `start + i`. Both count in UTF-16 code units. */
export interface TextRun {
  readonly start: number;
  readonly text: string;
}

/** Where a text was found, and what stands around it. */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly context: string;
}

const CONTEXT = 40;
const MOST_SHOWN = 5;

/** Every place of a text, none inside of another. Whether case matters is for the caller to say. */
export function findAll(runs: readonly TextRun[], text: string, matchCase: boolean): Match[] {
  // Not by lower case: that of some letters is longer than they are, and all indexes after them would be wrong.
  const pattern = [...text].map(escaped).join("");
  return text === "" ? [] : matches(runs, new RegExp(pattern, matchCase ? "gu" : "giu"));
}

/**
 * The one place of a text.
 * @throws {GoogleError} when it is there not at all or more than once
 */
export function findOnce(runs: readonly TextRun[], text: string): Match {
  // Whoever read the text was not shown invisible characters, and cannot give them.
  const pattern = [...text].map(escaped).join("\\p{Cf}*");
  const [match, ...others] = text === "" ? [] : matches(runs, new RegExp(pattern, "gu"));
  if (!match) {
    throw new GoogleError(
      "The text is not there, or not in this tab; give it as it is there, without Markdown.",
    );
  }
  if (others.length === 0) return match;
  const places = [match, ...others]
    .slice(0, MOST_SHOWN)
    .map(({ start, context }) => `${start}: "${context}"`);
  throw new GoogleError(
    `The text is there ${others.length + 1} times; give more of what is around it, or an index (${places.join("; ")}).`,
  );
}

function matches(runs: readonly TextRun[], pattern: RegExp): Match[] {
  return runs.flatMap((run) =>
    [...run.text.matchAll(pattern)].map(({ index, 0: found }) => ({
      start: run.start + index,
      end: run.start + index + found.length,
      context: contextOf(run.text, index, index + found.length),
    })),
  );
}

function escaped(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&");
}

function contextOf(text: string, from: number, to: number): string {
  const context = text.slice(Math.max(0, from - CONTEXT), to + CONTEXT).toWellFormed();
  return withoutInvisible(context.replaceAll(/[\s\ufffc\ufffd]+/g, " ")).trim();
}
