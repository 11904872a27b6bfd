import { s } from "@portico/core";
import { withoutInvisible } from "@portico/remote-api";
import { printA1 } from "../../editing/sheets/a1.ts";
import { locate, readSpreadsheet } from "../../editing/sheets/spreadsheet.ts";
import { clearCells } from "../../editing/sheets/writing.ts";
import { parseFileRef } from "../../files/file-ref.ts";
import { askFirst, shown } from "../changing/shared/consent.ts";
import { googleTool } from "../shared/google-tool.ts";
import { range, spreadsheetId } from "./shared/parameters.ts";

/** Empties cells, after the user has agreed. */
export const clearRange = googleTool({
  name: "clear_range",
  title: "Clear Range",
  description:
    "Empty cells of a Google Sheets spreadsheet; what they look like stays. The user is asked first.",
  input: s.object({ spreadsheet_id: spreadsheetId, range }),
  output: s.object({ range: s.string() }),
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true },
  need: "sheets.write",
  async run({ spreadsheet_id: ref, range }, { sheets, signal }, ctx) {
    const { id } = parseFileRef(ref);
    const found = await readSpreadsheet(sheets, id, signal);
    const cells = printA1(locate(found, range));
    const title = await shown(found.properties?.title);
    await askFirst(ctx, {
      question: `Empty ${withoutInvisible(cells)} of the spreadsheet ${title}?`,
      what: "Emptying cells",
      otherwise: "ask the user to do it in Google Sheets.",
    });
    const cleared = await clearCells(sheets, { id, range: cells }, signal);
    return { data: { range: cleared }, text: `${cleared} is empty.` };
  },
});
