import type { sheets_v4 } from "@googleapis/sheets";
import { withoutInvisible } from "@portico/remote-api";
import { GoogleError } from "../../google/error.ts";
import type { Sheets } from "../../google/google.ts";
import { type Area, parseA1 } from "./a1.ts";

/** Cells of one sheet, within its bounds. */
export interface Located extends Required<Area> {
  readonly sheet: string;
  readonly sheetId: number;
}

const FIELDS =
  "properties(title,locale,timeZone),sheets/properties(sheetId,title,index,sheetType,hidden,gridProperties),namedRanges";

/** What a spreadsheet consists of, without its cells. */
export function readSpreadsheet(
  sheets: Sheets,
  id: string,
  signal: AbortSignal,
): Promise<sheets_v4.Schema$Spreadsheet> {
  const params = { spreadsheetId: id, fields: FIELDS };
  return sheets((api) => api.spreadsheets.get(params, { signal }));
}

/**
 * The cells a range means: A1 notation, the title of a sheet, or the name of a range.
 * @throws {GoogleError} when there are none
 */
export function locate(spreadsheet: sheets_v4.Schema$Spreadsheet, range: string): Located {
  const { namedRanges = [] } = spreadsheet;
  const area = parseA1(range);
  if (area) return bounded(sheetOf(spreadsheet, area.sheet), area, range);
  const named = namedRanges.find(({ name }) => name?.toLowerCase() === range.trim().toLowerCase());
  if (named) return ofNamed(spreadsheet, named.range ?? {}, range);
  const title = range.trim().replace(/!$/, "");
  const unquoted = /^'(.*)'$/s.exec(title)?.[1]?.replaceAll("''", "'") ?? title;
  return bounded(sheetOf(spreadsheet, unquoted || undefined), {}, range);
}

/** The same cells as changes name them. */
export function gridRangeOf({
  sheetId,
  startRow,
  endRow,
  startColumn,
  endColumn,
}: Located): sheets_v4.Schema$GridRange {
  return {
    sheetId,
    startRowIndex: startRow,
    endRowIndex: endRow,
    startColumnIndex: startColumn,
    endColumnIndex: endColumn,
  };
}

function ofNamed(
  spreadsheet: sheets_v4.Schema$Spreadsheet,
  grid: sheets_v4.Schema$GridRange,
  range: string,
): Located {
  const sheet = gridsOf(spreadsheet).find(({ sheetId }) => (sheetId ?? 0) === (grid.sheetId ?? 0));
  if (!sheet) throw new GoogleError(`The range ${range} is on a sheet without cells.`);
  return bounded(
    sheet,
    {
      startRow: grid.startRowIndex ?? undefined,
      endRow: grid.endRowIndex ?? undefined,
      startColumn: grid.startColumnIndex ?? undefined,
      endColumn: grid.endColumnIndex ?? undefined,
    },
    range,
  );
}

/**
 * The sheet of a title, without one the first that is shown.
 * @throws {GoogleError} when there is none
 */
export function sheetOf(
  spreadsheet: sheets_v4.Schema$Spreadsheet,
  title: string | undefined,
): sheets_v4.Schema$SheetProperties {
  const grids = gridsOf(spreadsheet);
  const first = grids.find(({ hidden }) => !hidden) ?? grids[0];
  const found =
    title === undefined
      ? first
      : (grids.find((sheet) => sheet.title === title) ??
        // Whoever read the title was not shown invisible characters.
        grids.find((sheet) => withoutInvisible(sheet.title ?? "") === title));
  if (found) return found;
  const titles = grids.map((sheet) => `"${withoutInvisible(sheet.title ?? "")}"`).join(", ");
  throw new GoogleError(
    `The spreadsheet has no sheet or named range "${title ?? ""}"; its sheets are ${titles || "none"}.`,
  );
}

function bounded(
  { sheetId, title, gridProperties }: sheets_v4.Schema$SheetProperties,
  { startRow = 0, endRow, startColumn = 0, endColumn }: Area,
  range: string,
): Located {
  const [rows, columns] = [gridProperties?.rowCount ?? 0, gridProperties?.columnCount ?? 0];
  if (startRow >= rows || startColumn >= columns) {
    throw new GoogleError(
      `${range} is outside of the sheet "${withoutInvisible(title ?? "")}", which has ${rows} rows and ${columns} columns.`,
    );
  }
  return {
    sheet: title ?? "",
    sheetId: sheetId ?? 0,
    startRow,
    endRow: Math.min(endRow ?? rows, rows),
    startColumn,
    endColumn: Math.min(endColumn ?? columns, columns),
  };
}

/** Sheets of cells; others are charts or come from a database. */
function gridsOf({
  sheets = [],
}: sheets_v4.Schema$Spreadsheet): sheets_v4.Schema$SheetProperties[] {
  return sheets.flatMap(({ properties }) =>
    properties && (properties.sheetType ?? "GRID") === "GRID" ? [properties] : [],
  );
}
