import { s, ToolError } from "@portico/core";
import { printA1 } from "../../editing/sheets/a1.ts";
import { formatRequest, NUMBER_KINDS } from "../../editing/sheets/format.ts";
import { locate, readSpreadsheet } from "../../editing/sheets/spreadsheet.ts";
import { updateSpreadsheet } from "../../editing/sheets/writing.ts";
import { parseFileRef } from "../../files/file-ref.ts";
import { googleTool } from "../shared/google-tool.ts";
import { range, spreadsheetId } from "./shared/parameters.ts";

/** Changes how cells look. */
export const formatRange = googleTool({
  name: "format_range",
  title: "Format Range",
  description:
    "Change how cells of a Google Sheets spreadsheet look: bold, italic, background, and what numbers are shown as.",
  input: s.object({
    spreadsheet_id: spreadsheetId,
    range,
    bold: s.optional(s.boolean()),
    italic: s.optional(s.boolean()),
    background: s.optional(
      s.string({ pattern: "^(#[0-9a-fA-F]{6})?$", description: "#ffcc00; empty takes it away" }),
    ),
    numbers: s.optional(s.enum(NUMBER_KINDS)),
    pattern: s.optional(
      s.string({ maxLength: 200, description: "Of numbers, as #,##0.00 or yyyy-mm-dd" }),
    ),
  }),
  output: s.object({ range: s.string() }),
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true },
  need: "sheets.write",
  async run({ spreadsheet_id: ref, range, ...look }, { sheets, signal }) {
    if (look.pattern !== undefined && look.numbers === undefined) {
      throw new ToolError("A pattern needs numbers: say what kind they are.");
    }
    const { id } = parseFileRef(ref);
    const located = locate(await readSpreadsheet(sheets, id, signal), range);
    const request = formatRequest(located, look);
    if (!request) throw new ToolError("Say what to change: bold, background, numbers, ….");
    await updateSpreadsheet(sheets, id, [request], signal);
    const formatted = printA1(located);
    return { data: { range: formatted }, text: `${formatted} looks so now.` };
  },
});
