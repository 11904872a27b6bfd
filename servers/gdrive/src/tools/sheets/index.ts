import type { GoogleTool } from "../shared/google-tool.ts";
import { addSheet } from "./add-sheet.ts";
import { appendRows } from "./append-rows.ts";
import { clearRange } from "./clear-range.ts";
import { editRowsColumns } from "./edit-rows-columns.ts";
import { formatRange } from "./format-range.ts";
import { getSpreadsheet } from "./get-spreadsheet.ts";
import { nameRange } from "./name-range.ts";
import { readRange } from "./read-range.ts";
import { writeRange } from "./write-range.ts";

/** Tools of Google's spreadsheets: the toolset `sheets`. */
export const sheets: readonly GoogleTool[] = [
  getSpreadsheet,
  readRange,
  writeRange,
  appendRows,
  clearRange,
  addSheet,
  editRowsColumns,
  nameRange,
  formatRange,
];
