import { s } from "@portico/core";
import { printA1 } from "../../editing/sheets/a1.ts";
import { gridRangeOf, locate, readSpreadsheet } from "../../editing/sheets/spreadsheet.ts";
import { updateSpreadsheet } from "../../editing/sheets/writing.ts";
import { parseFileRef } from "../../files/file-ref.ts";
import { googleTool } from "../shared/google-tool.ts";
import { range, spreadsheetId } from "./shared/parameters.ts";

/** Gives cells a name. */
export const nameRange = googleTool({
  name: "name_range",
  title: "Name Range",
  description:
    "Give cells of a Google Sheets spreadsheet a name for formulas and other tools; a name that is there moves to them.",
  input: s.object({
    spreadsheet_id: spreadsheetId,
    name: s.string({ pattern: "^[A-Za-z_][A-Za-z0-9_]{0,249}$" }),
    range,
  }),
  output: s.object({ name: s.string(), range: s.string() }),
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true },
  need: "sheets.write",
  async run({ spreadsheet_id: ref, name, range }, { sheets, signal }) {
    const { id } = parseFileRef(ref);
    const spreadsheet = await readSpreadsheet(sheets, id, signal);
    const located = locate(spreadsheet, range);
    const namedRange = { name, range: gridRangeOf(located) };
    const known = spreadsheet.namedRanges?.find(
      (one) => one.name?.toLowerCase() === name.toLowerCase(),
    );
    const request = known
      ? { updateNamedRange: { namedRange: { ...known, ...namedRange }, fields: "name,range" } }
      : { addNamedRange: { namedRange } };
    await updateSpreadsheet(sheets, id, [request], signal);
    return { data: { name, range: printA1(located) } };
  },
});
