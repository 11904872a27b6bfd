import { s } from "@portico/core";
import { updateSpreadsheet } from "../../editing/sheets/writing.ts";
import { parseFileRef } from "../../files/file-ref.ts";
import { googleTool } from "../shared/google-tool.ts";
import { spreadsheetId } from "./shared/parameters.ts";

/** Adds a sheet. */
export const addSheet = googleTool({
  name: "add_sheet",
  title: "Add Sheet",
  description: "Add an empty sheet to a Google Sheets spreadsheet.",
  input: s.object({
    spreadsheet_id: spreadsheetId,
    title: s.string({ minLength: 1, maxLength: 100 }),
    rows: s.optional(s.integer({ minimum: 1, maximum: 1_000_000, default: 1_000 })),
    columns: s.optional(s.integer({ minimum: 1, maximum: 18_278, default: 26 })),
  }),
  output: s.object({ id: s.integer(), title: s.string() }),
  annotations: { readOnlyHint: false, destructiveHint: false },
  need: "sheets.write",
  async run({ spreadsheet_id: ref, title, rows = 1_000, columns = 26 }, { sheets, signal }) {
    const gridProperties = { rowCount: rows, columnCount: columns };
    const request = { addSheet: { properties: { title, gridProperties } } };
    const [reply] = await updateSpreadsheet(sheets, parseFileRef(ref).id, [request], signal);
    const added = reply?.addSheet?.properties;
    return { data: { id: added?.sheetId ?? 0, title: added?.title ?? title } };
  },
});
