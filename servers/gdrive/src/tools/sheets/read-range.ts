import { jsonSchema, s } from "@portico/core";
import { withoutInvisible } from "@portico/remote-api";
import { printA1 } from "../../editing/sheets/a1.ts";
import type { Cell } from "../../editing/sheets/formulas.ts";
import { locate, readSpreadsheet } from "../../editing/sheets/spreadsheet.ts";
import { readRows, written } from "../../editing/sheets/values.ts";
import { parseFileRef } from "../../files/file-ref.ts";
import { googleTool } from "../shared/google-tool.ts";
import { range, spreadsheetId } from "./shared/parameters.ts";

const USUAL_TOKENS = 6_000;

/** Reads cells. */
export const readRange = googleTool({
  name: "read_range",
  title: "Read Range",
  description:
    "Read cells of a Google Sheets spreadsheet as rows. What does not fit is named by next, a range to go on with.",
  input: s.object({
    spreadsheet_id: spreadsheetId,
    range: s.optional(range),
    values: s.optional(s.enum(["formatted", "raw", "formulas"], { default: "formatted" })),
    max_tokens: s.optional(s.integer({ minimum: 100, maximum: 50_000, default: USUAL_TOKENS })),
  }),
  output: s.object({
    range: s.string(),
    first_row: s.integer(),
    rows: s.array(jsonSchema<Cell[]>({ type: "array" })),
    next: s.optional(s.string()),
  }),
  annotations: { readOnlyHint: true },
  need: "sheets.read",
  async run(args, { sheets, signal }) {
    const { range = "", values = "formatted", max_tokens: tokens = USUAL_TOKENS } = args;
    const { id } = parseFileRef(args.spreadsheet_id);
    const located = locate(await readSpreadsheet(sheets, id, signal), range);
    const { rows, next } = await readRows(sheets, id, located, values, tokens, signal);
    const first = located.startRow + 1;
    const data = {
      range: withoutInvisible(printA1(located)),
      first_row: first,
      rows,
      ...(next && { next: withoutInvisible(next) }),
    };
    const lines = rows.map((row, index) => `${first + index} ${written(row)}`);
    return {
      data,
      text: [
        data.range,
        ...lines,
        ...(next ? [`There is more: go on with ${data.next}`] : []),
      ].join("\n"),
      source: "a spreadsheet in Google Sheets",
      isClean: true,
    };
  },
});
