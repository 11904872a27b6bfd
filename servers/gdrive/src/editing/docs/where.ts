import { GoogleError } from "../../google/error.ts";
import { findOnce } from "../find-text.ts";
import { paragraphAt } from "./places.ts";
import type { Tab } from "./tabs.ts";
import { textRuns } from "./text-runs.ts";

/** A place in a tab: an index, or behind a text that is there once; neither means the end. */
export interface Place {
  readonly index?: number | undefined;
  readonly after?: string | undefined;
}

/** A part of a tab: from an index up to another, or a text that is there once. */
export interface Part {
  readonly start?: number | undefined;
  readonly end?: number | undefined;
  readonly text?: string | undefined;
}

/**
 * The index of a place, and the paragraph it is in.
 * @throws {GoogleError} when there is no such place, or more than one
 */
export function spotOf(
  { body }: Tab,
  { index, after }: Place,
): { readonly index: number; readonly start: number; readonly end: number } {
  if (index !== undefined && after !== undefined) {
    throw new GoogleError("Give index or after, not both.");
  }
  const last = (body.at(-1)?.endIndex ?? 2) - 1;
  const found = after === undefined ? (index ?? last) : findOnce(textRuns(body), after).end;
  return { index: found, ...paragraphAt(body, found) };
}

/**
 * Where a part begins and ends.
 * @throws {GoogleError} when there is no such part, or more than one
 */
export function boundsOf(
  { body }: Tab,
  { start, end, text }: Part,
): { start: number; end: number } {
  const isRange = start !== undefined && end !== undefined;
  if (isRange === (text !== undefined)) {
    throw new GoogleError("Give start and end, or a text that is there once.");
  }
  if (text !== undefined) return findOnce(textRuns(body), text);
  if (!isRange || start >= end) {
    throw new GoogleError("The range is empty: end must be larger than start.");
  }
  return { start, end };
}

/**
 * Sees to it that indexes come with the state they were read from: in another one they mean something else.
 * @throws {GoogleError} when they do not
 */
export function requireRevision(indexes: readonly unknown[], named: string | undefined): void {
  if (named === undefined && indexes.some((index) => index !== undefined)) {
    throw new GoogleError("An index needs the revision that read_document gave with it.");
  }
}
