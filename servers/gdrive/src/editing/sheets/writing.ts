import type { sheets_v4 } from "@googleapis/sheets";
import type { Sheets } from "../../google/google.ts";
import { change } from "../change.ts";
import type { Cell } from "./formulas.ts";

/** Which cells of which spreadsheet; `range` as Google takes it. */
export interface Cells {
  readonly id: string;
  readonly range: string;
}

/** How much was written where. */
export interface Written {
  readonly range: string;
  readonly cells: number;
}

/** Rows to write: as they are, or as if typed. */
export interface Entry {
  readonly values: Cell[][];
  readonly entering: "raw" | "user_entered";
}

/** Writes over cells. */
export async function writeCells(
  sheets: Sheets,
  cells: Cells,
  entry: Entry,
  signal: AbortSignal,
): Promise<Written> {
  const params = paramsOf(cells, entry);
  const answer = await change(() =>
    sheets((api) => api.spreadsheets.values.update(params, { signal })),
  );
  return written(answer, cells.range);
}

/** Adds rows below the table in a range; what is below moves down. */
export async function appendCells(
  sheets: Sheets,
  cells: Cells,
  entry: Entry,
  signal: AbortSignal,
): Promise<Written> {
  // Without it, rows that stand below an empty one would be written over.
  const params = { ...paramsOf(cells, entry), insertDataOption: "INSERT_ROWS" };
  const { updates = {} } = await change(() =>
    sheets((api) => api.spreadsheets.values.append(params, { signal })),
  );
  return written(updates, cells.range);
}

/** Empties cells; what they look like stays. */
export async function clearCells(
  sheets: Sheets,
  { id, range }: Cells,
  signal: AbortSignal,
): Promise<string> {
  const params = { spreadsheetId: id, range, requestBody: {} };
  const { clearedRange } = await change(() =>
    sheets((api) => api.spreadsheets.values.clear(params, { signal })),
  );
  return clearedRange ?? range;
}

/** Changes anything else, all or nothing. */
export async function updateSpreadsheet(
  sheets: Sheets,
  id: string,
  requests: sheets_v4.Schema$Request[],
  signal: AbortSignal,
): Promise<sheets_v4.Schema$Response[]> {
  const params = { spreadsheetId: id, requestBody: { requests } };
  const { replies } = await change(() =>
    sheets((api) => api.spreadsheets.batchUpdate(params, { signal })),
  );
  return replies ?? [];
}

function written(
  { updatedRange, updatedCells }: sheets_v4.Schema$UpdateValuesResponse,
  range: string,
): Written {
  return { range: updatedRange ?? range, cells: updatedCells ?? 0 };
}

function paramsOf({ id, range }: Cells, { values, entering }: Entry) {
  return {
    spreadsheetId: id,
    range,
    valueInputOption: entering.toUpperCase(),
    requestBody: { range, values },
  };
}
