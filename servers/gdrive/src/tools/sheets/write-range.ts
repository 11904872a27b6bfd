import { s } from "@portico/core";
import { rangeFor } from "../../editing/sheets/values.ts";
import { writeCells } from "../../editing/sheets/writing.ts";
import { parseFileRef } from "../../files/file-ref.ts";
import { googleTool } from "../shared/google-tool.ts";
import { judgeValues, noteOn } from "./shared/entering.ts";
import { input, range, spreadsheetId, values, writtenOutput } from "./shared/parameters.ts";

/** Writes over cells. */
export const writeRange = googleTool({
  name: "write_range",
  title: "Write Range",
  description:
    "Write rows over cells of a Google Sheets spreadsheet, beginning at the first cell of range. Formulas that contact other addresses are asked about first.",
  input: s.object({ spreadsheet_id: spreadsheetId, range, values, input }),
  output: writtenOutput,
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true },
  need: "sheets.write",
  async run({ spreadsheet_id: ref, range, values, input: entering = "raw" }, google, ctx) {
    const cells = { id: parseFileRef(ref).id, range: rangeFor(range, values) };
    const formulas = await judgeValues(values, entering, ctx);
    const entry = { values, entering };
    const written = await writeCells(google.sheets, cells, entry, google.signal);
    const note = noteOn(values, entering, formulas);
    return {
      data: { ...written, ...(formulas > 0 && { formulas }) },
      text: `Wrote ${written.cells} cells at ${written.range}.${note}`,
    };
  },
});
