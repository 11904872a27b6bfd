import type { sheets_v4 } from "@googleapis/sheets";
import type { GoogleApi } from "../../google/api.ts";
import { at } from "../../google/path.ts";
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
  sheets: GoogleApi,
  { id, range }: Cells,
  { values, entering }: Entry,
  signal: AbortSignal,
): Promise<Written> {
  const answer = await change<sheets_v4.Schema$UpdateValuesResponse>(
    sheets,
    at`spreadsheets/${id}/values/${range}`,
    { query: { valueInputOption: entering.toUpperCase() }, body: { range, values }, signal },
    "PUT",
  );
  return written(answer, range);
}

/** Adds rows below the table in a range; what is below moves down. */
export async function appendCells(
  sheets: GoogleApi,
  { id, range }: Cells,
  { values, entering }: Entry,
  signal: AbortSignal,
): Promise<Written> {
  const query = {
    valueInputOption: entering.toUpperCase(),
    // Without it, rows that stand below an empty one would be written over.
    insertDataOption: "INSERT_ROWS",
  };
  const { updates = {} } = await change<sheets_v4.Schema$AppendValuesResponse>(
    sheets,
    at`spreadsheets/${id}/values/${range}:append`,
    { query, body: { range, values }, signal },
  );
  return written(updates, range);
}

/** Empties cells; what they look like stays. */
export async function clearCells(
  sheets: GoogleApi,
  { id, range }: Cells,
  signal: AbortSignal,
): Promise<string> {
  const path = at`spreadsheets/${id}/values/${range}:clear`;
  const ask = { body: {}, signal };
  const { clearedRange } = await change<sheets_v4.Schema$ClearValuesResponse>(sheets, path, ask);
  return clearedRange ?? range;
}

/** Changes anything else, all or nothing. */
export async function updateSpreadsheet(
  sheets: GoogleApi,
  id: string,
  requests: sheets_v4.Schema$Request[],
  signal: AbortSignal,
): Promise<sheets_v4.Schema$Response[]> {
  const { replies } = await change<sheets_v4.Schema$BatchUpdateSpreadsheetResponse>(
    sheets,
    at`spreadsheets/${id}:batchUpdate`,
    { body: { requests }, signal },
  );
  return replies ?? [];
}

function written(
  { updatedRange, updatedCells }: sheets_v4.Schema$UpdateValuesResponse,
  range: string,
): Written {
  return { range: updatedRange ?? range, cells: updatedCells ?? 0 };
}
