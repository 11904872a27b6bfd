import { s } from "@portico/core";
import { withoutInvisible } from "@portico/remote-api";
import { printA1 } from "../../editing/sheets/a1.ts";
import { locate, readSpreadsheet } from "../../editing/sheets/spreadsheet.ts";
import { parseFileRef } from "../../files/file-ref.ts";
import { googleTool } from "../shared/google-tool.ts";
import { spreadsheetId } from "./shared/parameters.ts";

/** Tells what a spreadsheet consists of. */
export const getSpreadsheet = googleTool({
  name: "get_spreadsheet",
  title: "Get Spreadsheet",
  description:
    "What a Google Sheets spreadsheet consists of: its sheets with their sizes, and its named ranges.",
  input: s.object({ spreadsheet_id: spreadsheetId }),
  output: s.object({
    title: s.string(),
    locale: s.optional(s.string()),
    time_zone: s.optional(s.string()),
    sheets: s.array(
      s.object({
        id: s.integer(),
        title: s.string(),
        rows: s.integer(),
        columns: s.integer(),
        frozen_rows: s.optional(s.integer()),
        hidden: s.optional(s.boolean()),
      }),
    ),
    named_ranges: s.array(s.object({ name: s.string(), range: s.string() })),
  }),
  annotations: { readOnlyHint: true },
  need: "sheets.read",
  async run({ spreadsheet_id: ref }, { sheets, signal }) {
    const found = await readSpreadsheet(sheets, parseFileRef(ref).id, signal);
    const { properties, sheets: all = [], namedRanges = [] } = found;
    const data = {
      title: withoutInvisible(properties?.title ?? ""),
      ...(properties?.locale && { locale: properties.locale }),
      ...(properties?.timeZone && { time_zone: properties.timeZone }),
      sheets: all.map(({ properties: { sheetId, title, hidden, gridProperties } = {} }) => ({
        id: sheetId ?? 0,
        title: withoutInvisible(title ?? ""),
        rows: gridProperties?.rowCount ?? 0,
        columns: gridProperties?.columnCount ?? 0,
        ...(gridProperties?.frozenRowCount && { frozen_rows: gridProperties.frozenRowCount }),
        ...(hidden && { hidden }),
      })),
      named_ranges: namedRanges.map(({ name }) => ({
        name: name ?? "",
        range: withoutInvisible(printA1(locate(found, name ?? ""))),
      })),
    };
    return { data, source: "a spreadsheet in Google Sheets", isClean: true };
  },
});
