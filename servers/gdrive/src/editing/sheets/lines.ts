import type { sheets_v4 } from "@googleapis/sheets";
import { GoogleError } from "../../google/error.ts";
import { columnName, parseA1 } from "./a1.ts";
import { sheetOf } from "./spreadsheet.ts";

/** Whole rows or whole columns of a sheet; they count from 0, `end` is not in it. */
export interface Lines {
  readonly sheetId: number;
  readonly sheet: string;
  readonly kind: "ROWS" | "COLUMNS";
  readonly start: number;
  readonly end: number;
}

/**
 * The rows or columns a range names: `Sheet1!5:7`, `B:B`.
 * @throws {GoogleError} when it names cells, or no such sheet
 */
export function linesOf(spreadsheet: sheets_v4.Schema$Spreadsheet, range: string): Lines {
  const { sheet, startRow, endRow, startColumn, endColumn } = parseA1(range) ?? {};
  const { sheetId, title } = sheetOf(spreadsheet, sheet);
  const found = { sheetId: sheetId ?? 0, sheet: title ?? "" };
  if (startColumn === undefined && startRow !== undefined && endRow !== undefined) {
    return { ...found, kind: "ROWS", start: startRow, end: endRow };
  }
  if (startRow === undefined && startColumn !== undefined && endColumn !== undefined) {
    return { ...found, kind: "COLUMNS", start: startColumn, end: endColumn };
  }
  throw new GoogleError(`${range} names no whole rows, as 5:7, and no whole columns, as B:C.`);
}

/** The change that puts empty ones in their place; what is there moves on and looks on. */
export function insertLines(lines: Lines): sheets_v4.Schema$Request {
  // New ones look like those before them; before the first there are none.
  return { insertDimension: { range: rangeOf(lines), inheritFromBefore: lines.start > 0 } };
}

/** The change that takes them away with what is in them. */
export function deleteLines(lines: Lines): sheets_v4.Schema$Request {
  return { deleteDimension: { range: rangeOf(lines) } };
}

/** As people say it: `rows 5 to 7`. */
export function spoken({ kind, start, end }: Lines): string {
  const name = (index: number) => (kind === "ROWS" ? String(index + 1) : columnName(index));
  const noun = kind === "ROWS" ? "row" : "column";
  return end - start === 1
    ? `${noun} ${name(start)}`
    : `${noun}s ${name(start)} to ${name(end - 1)}`;
}

function rangeOf({ sheetId, kind, start, end }: Lines): sheets_v4.Schema$DimensionRange {
  return { sheetId, dimension: kind, startIndex: start, endIndex: end };
}
