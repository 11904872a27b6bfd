import { GoogleError } from "../../google/error.ts";
import { isInsideCharacter } from "./blocks.ts";
import type { Content } from "./tabs.ts";
import { cellsOf, textRuns } from "./text-runs.ts";

/**
 * The paragraph that text can be put into at an index.
 * @throws {GoogleError} when the index is not inside of a paragraph, or inside of a character
 */
export function paragraphAt(body: Content, index: number): { start: number; end: number } {
  const found = paragraphsOf(body).find(({ start, end }) => index >= start && index < end);
  if (!found) {
    throw new GoogleError(
      `Nothing can be put at index ${index}: it is in no paragraph; read_document has the indexes, the last one here is ${(body.at(-1)?.endIndex ?? 2) - 1}.`,
    );
  }
  checkCharacter(body, index);
  return found;
}

/**
 * Sees to it that what is between two indexes can be deleted: whole characters and whole tables, and never the end of
 * the last paragraph of a body or a cell.
 * @throws {GoogleError} when it cannot
 */
export function checkRange(body: Content, start: number, end: number): void {
  if (start >= end) throw new GoogleError("The range is empty: end must be larger than start.");
  const content = innermost(body, start, end);
  const last = content.at(-1)?.endIndex ?? 0;
  // A body begins with a section break nobody can delete.
  const first = content.find(({ sectionBreak }) => !sectionBreak)?.startIndex ?? 0;
  if (start < first || end > last) {
    throw new GoogleError(
      `The range ${start}-${end} is not in the text; it goes from ${first} to ${last - 1}.`,
    );
  }
  if (end === last) {
    throw new GoogleError(
      `The end of the last paragraph cannot be deleted; let the range end at ${last - 1}.`,
    );
  }
  for (const { startIndex, endIndex, paragraph } of content) {
    if (paragraph) continue;
    const [from, to] = [startIndex ?? 0, endIndex ?? 0];
    const isAcross = (start > from && start < to) || (end > from && end < to);
    if (isAcross) {
      throw new GoogleError(
        `The range cuts through the table at ${from}-${to}; take all of it, or a part of one cell.`,
      );
    }
    if (end === from) {
      throw new GoogleError(
        `The paragraph before the table or break at ${from} cannot lose its end; let the range end at ${from - 1}.`,
      );
    }
  }
  checkCharacter(body, start);
  checkCharacter(body, end);
}

function checkCharacter(body: Content, index: number): void {
  if (textRuns(body).some(({ start, text }) => isInsideCharacter(text, index - start))) {
    throw new GoogleError(`Index ${index} is inside of a character; take the one before.`);
  }
}

/** The body, or the cell that holds the whole range. */
function innermost(content: Content, start: number, end: number): Content {
  const cells = content.flatMap(({ table }) => (table ? cellsOf(table) : []));
  const cell = cells.find(
    (one) => start >= (one[0]?.startIndex ?? 0) && end <= (one.at(-1)?.endIndex ?? 0),
  );
  return cell ? innermost(cell, start, end) : content;
}

function paragraphsOf(content: Content): { readonly start: number; readonly end: number }[] {
  return content.flatMap(({ startIndex, endIndex, paragraph, table }) => {
    if (table) return cellsOf(table).flatMap(paragraphsOf);
    return paragraph ? [{ start: startIndex ?? 0, end: endIndex ?? 0 }] : [];
  });
}
