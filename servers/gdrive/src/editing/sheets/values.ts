import { countFitting, cutText, withoutInvisible } from "@portico/remote-api";
import { GoogleError } from "../../google/error.ts";
import type { Sheets } from "../../google/google.ts";
import { shortened } from "../shortened.ts";
import { type Area, parseA1, printA1 } from "./a1.ts";
import type { Cell } from "./formulas.ts";
import type { Located } from "./spreadsheet.ts";

/** How values are shown: as people see them, as they are stored, or as the formulas they come from. */
export type Rendering = "formatted" | "raw" | "formulas";

const RENDERINGS = {
  formatted: "FORMATTED_VALUE",
  raw: "UNFORMATTED_VALUE",
  formulas: "FORMULA",
} as const satisfies Record<Rendering, string>;

/** Rows of a range from its beginning on, and what is left. */
export interface Rows {
  readonly rows: Cell[][];
  /** The range from the first row that did not fit; absent when there is nothing more. */
  readonly next?: string;
}

/** Cells asked for at once. */
const WINDOW_CELLS = 50_000;

/** Requests for one call, should a large sheet be almost empty. */
const MOST_WINDOWS = 8;

/** As many rows of a range as fit into `tokens`. Rows are as long as what is in them. */
export async function readRows(
  sheets: Sheets,
  id: string,
  located: Located,
  rendering: Rendering,
  tokens: number,
  signal: AbortSignal,
): Promise<Rows> {
  const height = Math.max(1, Math.floor(WINDOW_CELLS / (located.endColumn - located.startColumn)));
  const rows: Cell[][] = [];
  let startRow = located.startRow;
  for (let window = 0; window < MOST_WINDOWS && startRow < located.endRow; window++) {
    const endRow = Math.min(startRow + height, located.endRow);
    const found = await readValues(sheets, id, { ...located, startRow, endRow }, rendering, signal);
    // Google leaves out empty rows at the end, which count once others follow.
    while (found.length > 0 && rows.length < startRow - located.startRow) rows.push([]);
    rows.push(...found);
    startRow = endRow;
    const fits = countFitting(rows.map(written), tokens);
    if (fits < rows.length) {
      const next = printA1({ ...located, startRow: located.startRow + fits });
      return { rows: within(rows.slice(0, fits), tokens), next };
    }
  }
  const shown = within(rows, tokens);
  const isAll = startRow >= located.endRow;
  return isAll ? { rows: shown } : { rows: shown, next: printA1({ ...located, startRow }) };
}

/** Rows of which one alone may be too long: then its texts are cut, in equal parts. */
function within(rows: Cell[][], tokens: number): Cell[][] {
  const [row = []] = rows;
  if (rows.length !== 1 || !cutText(written(row), tokens).isCut) return rows;
  const each = Math.max(1, Math.floor(tokens / row.length));
  return [row.map((cell) => (typeof cell === "string" ? shortened(cell, each) : cell))];
}

/** A row as it is shown. */
export function written(row: readonly Cell[]): string {
  return JSON.stringify(row);
}

/** The values of a range as Google has them, without characters nobody sees. */
export async function readValues(
  sheets: Sheets,
  id: string,
  located: Located,
  rendering: Rendering,
  signal: AbortSignal,
): Promise<Cell[][]> {
  const params = {
    spreadsheetId: id,
    range: printA1(located),
    valueRenderOption: RENDERINGS[rendering],
    dateTimeRenderOption: "FORMATTED_STRING",
  };
  const { values } = await sheets((api) => api.spreadsheets.values.get(params, { signal }));
  return ((values ?? []) as Cell[][]).map((row) => row.map(cleaned));
}

function cleaned(cell: Cell): Cell {
  return typeof cell === "string" ? withoutInvisible(cell) : cell;
}

/**
 * The range that values fill when they are written at `range`, of which a single cell is the first.
 * @throws {GoogleError} when the range is smaller than the values
 */
export function rangeFor(range: string, values: readonly (readonly Cell[])[]): string {
  const area = parseA1(range);
  if (!area) return range;
  const { startRow = 0, endRow, startColumn = 0, endColumn } = area;
  const height = values.length;
  const width = Math.max(...values.map((row) => row.length));
  const isCell = endRow === startRow + 1 && endColumn === startColumn + 1;
  if (!isCell && (isShort(startRow, endRow, height) || isShort(startColumn, endColumn, width))) {
    throw new GoogleError(
      `The values take ${height} rows and ${width} columns, more than ${range} has; name its first cell alone, or a larger range.`,
    );
  }
  return print({
    ...area,
    startRow,
    startColumn,
    endRow: startRow + height,
    endColumn: startColumn + width,
  });
}

function isShort(start: number, end: number | undefined, needed: number): boolean {
  return end !== undefined && end - start < needed;
}

function print(area: Area & Omit<Required<Area>, "sheet">): string {
  const printed = printA1({ ...area, sheet: area.sheet ?? "" });
  return area.sheet === undefined ? printed.replace(/^''!/, "") : printed;
}
