import { s } from "@portico/core";
import { appendCells } from "../../editing/sheets/writing.ts";
import { parseFileRef } from "../../files/file-ref.ts";
import { googleTool } from "../shared/google-tool.ts";
import { judgeValues, noteOn } from "./shared/entering.ts";
import { input, range, spreadsheetId, values, writtenOutput } from "./shared/parameters.ts";

/** Adds rows to a table. */
export const appendRows = googleTool({
  name: "append_rows",
  title: "Append Rows",
  description:
    "Add rows below the table that is in range of a Google Sheets spreadsheet; nothing is written over. Formulas that contact other addresses are asked about first.",
  input: s.object({ spreadsheet_id: spreadsheetId, range, values, input }),
  output: writtenOutput,
  annotations: { readOnlyHint: false, destructiveHint: false },
  need: "sheets.write",
  async run({ spreadsheet_id: ref, range, values, input: entering = "raw" }, google, ctx) {
    const formulas = await judgeValues(values, entering, ctx);
    const cells = { id: parseFileRef(ref).id, range };
    const entry = { values, entering };
    const written = await appendCells(google.sheets, cells, entry, google.signal);
    const note = noteOn(values, entering, formulas);
    return {
      data: { ...written, ...(formulas > 0 && { formulas }) },
      text: `Added ${values.length} rows, at ${written.range}.${note}`,
    };
  },
});
