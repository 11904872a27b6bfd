import type { docs_v1 } from "@googleapis/docs";
import type { TextRun } from "../find-text.ts";
import type { Content } from "./tabs.ts";

/** Stands for what is no text and takes an index all the same, as an image. */
const OBJECT = "\ufffc";

/** The text of some content, tables included; a run ends where a table or a cell begins or ends. */
export function textRuns(content: Content): TextRun[] {
  const runs: { start: number; text: string }[] = [];
  for (const { start, text } of content.flatMap(piecesOf)) {
    const last = runs.at(-1);
    if (last && last.start + last.text.length === start) last.text += text;
    else runs.push({ start, text });
  }
  return runs;
}

/** The cells of a table, row by row. */
export function cellsOf({ tableRows = [] }: docs_v1.Schema$Table): Content[] {
  return tableRows.flatMap(({ tableCells = [] }) => tableCells.map(({ content = [] }) => content));
}

function piecesOf(element: docs_v1.Schema$StructuralElement): TextRun[] {
  // A table of contents repeats what the headings say, and nobody can change it.
  const { paragraph, table } = element;
  if (table) return cellsOf(table).flatMap((cell) => cell.flatMap(piecesOf));
  return (paragraph?.elements ?? []).map(({ startIndex, endIndex, textRun }) => {
    const start = startIndex ?? 0;
    return { start, text: textRun?.content ?? OBJECT.repeat((endIndex ?? start) - start) };
  });
}
