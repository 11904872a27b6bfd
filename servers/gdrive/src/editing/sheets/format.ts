import type { sheets_v4 } from "@googleapis/sheets";
import { gridRangeOf, type Located } from "./spreadsheet.ts";

/** What numbers of a cell are shown as. */
export const NUMBER_KINDS = [
  "text",
  "number",
  "percent",
  "currency",
  "date",
  "time",
  "date_time",
  "scientific",
] as const;

/** How cells look; undefined leaves a thing as it is. */
export interface CellLook {
  readonly bold?: boolean | undefined;
  readonly italic?: boolean | undefined;
  /** As `#ffcc00`; empty takes it away. */
  readonly background?: string | undefined;
  readonly numbers?: (typeof NUMBER_KINDS)[number] | undefined;
  /** As `#,##0.00`; of the locale when absent. */
  readonly pattern?: string | undefined;
}

/** The change that makes cells look so; undefined where it would change nothing. */
export function formatRequest(
  located: Located,
  { bold, italic, background, numbers, pattern }: CellLook,
): sheets_v4.Schema$Request | undefined {
  const textFormat = {
    ...(bold !== undefined && { bold }),
    ...(italic !== undefined && { italic }),
  };
  const fields = Object.keys(textFormat).map((name) => `userEnteredFormat.textFormat.${name}`);
  if (background !== undefined) fields.push("userEnteredFormat.backgroundColorStyle");
  if (numbers !== undefined) fields.push("userEnteredFormat.numberFormat");
  if (fields.length === 0) return undefined;
  const userEnteredFormat: sheets_v4.Schema$CellFormat = {
    textFormat,
    ...(background && { backgroundColorStyle: { rgbColor: colorOf(background) } }),
    ...(numbers && { numberFormat: { type: numbers.toUpperCase(), ...(pattern && { pattern }) } }),
  };
  return {
    repeatCell: {
      range: gridRangeOf(located),
      cell: { userEnteredFormat },
      fields: fields.join(","),
    },
  };
}

/** Google counts colours from 0 to 1. */
function colorOf(hex: string): sheets_v4.Schema$Color {
  const [red, green, blue] = [1, 3, 5].map(
    (at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255,
  );
  return { red: red!, green: green!, blue: blue! };
}
