import { s } from "@portico/core";
import { deleteLines, insertLines, linesOf, spoken } from "../../editing/sheets/lines.ts";
import { readSpreadsheet } from "../../editing/sheets/spreadsheet.ts";
import { updateSpreadsheet } from "../../editing/sheets/writing.ts";
import { parseFileRef } from "../../files/file-ref.ts";
import { askFirst, shown } from "../changing/shared/consent.ts";
import { googleTool } from "../shared/google-tool.ts";
import { spreadsheetId } from "./shared/parameters.ts";

/** Inserts or deletes whole rows or columns. */
export const editRowsColumns = googleTool({
  name: "edit_rows_columns",
  title: "Edit Rows and Columns",
  description:
    "Insert empty rows or columns into a Google Sheets spreadsheet, or delete some with what is in them; the user is asked before a deletion.",
  input: s.object({
    spreadsheet_id: spreadsheetId,
    action: s.enum(["insert", "delete"]),
    range: s.string({ description: "Rows as Sheet1!5:7, or columns as B:C; new ones take them" }),
  }),
  output: s.object({ done: s.string() }),
  annotations: { readOnlyHint: false, destructiveHint: true },
  need: "sheets.write",
  async run({ spreadsheet_id: ref, action, range }, { sheets, signal }, ctx) {
    const { id } = parseFileRef(ref);
    const spreadsheet = await readSpreadsheet(sheets, id, signal);
    const lines = linesOf(spreadsheet, range);
    const what = `${spoken(lines)} of the sheet ${await shown(lines.sheet)}`;
    if (action === "delete") {
      await askFirst(ctx, {
        question: `Delete ${what} of the spreadsheet ${await shown(spreadsheet.properties?.title)}, with what is in them?`,
        what: "Deleting rows or columns",
        otherwise: "ask the user to do it in Google Sheets.",
      });
    }
    const request = action === "insert" ? insertLines(lines) : deleteLines(lines);
    await updateSpreadsheet(sheets, id, [request], signal);
    return { data: { done: `${action === "insert" ? "Inserted" : "Deleted"} ${what}` } };
  },
});
