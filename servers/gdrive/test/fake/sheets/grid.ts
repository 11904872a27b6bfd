import { Refusal } from "../http.ts";

/** What a cell of the fake holds: the value, the formula it comes from, what it looks like. */
export interface FakeCell {
  value?: string | number | boolean;
  formula?: string;
  format?: Record<string, unknown>;
}

/** A sheet of the fake: rows of cells, within bounds. */
export interface FakeSheet {
  readonly id: number;
  readonly title: string;
  rows: number;
  columns: number;
  readonly hidden?: boolean;
  cells: FakeCell[][];
}

/** Cells of a sheet; rows and columns count from 0, ends are not in it. */
export interface Box {
  readonly sheet: FakeSheet;
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Makes a sheet of these values. */
export function sheetOf(
  id: number,
  title: string,
  values: readonly (readonly (string | number | boolean)[])[],
  size: { readonly rows?: number; readonly columns?: number } = {},
): FakeSheet {
  const cells = values.map((row) => row.map((value) => entered(value, true)));
  return { id, title, rows: 1_000, columns: 26, ...size, cells };
}

/** The cells a range means, as Sheets reads it, or refuses it. */
export function boxOf(sheets: readonly FakeSheet[], range: string): Box {
  const match = /^(?:(?:'((?:[^']|'')+)'|([^'!]+))!)?([A-Z]+)?(\d+)?(?::([A-Z]+)?(\d+)?)?$/.exec(
    range,
  );
  const title = match?.[1]?.replaceAll("''", "'") ?? match?.[2];
  const whole = sheets.find((one) => one.title === range.replace(/^'(.*)'$/, "$1"));
  if (whole && !match?.[5]) {
    return { sheet: whole, top: 0, bottom: whole.rows, left: 0, right: whole.columns };
  }
  const sheet = title === undefined ? sheets[0] : sheets.find((one) => one.title === title);
  if (!match || !sheet) throw new Refusal(400, "badRequest", `Unable to parse range: ${range}`);
  const isCell = !range.slice(range.lastIndexOf("!") + 1).includes(":");
  const [, , , column, row, lastColumn, lastRow] = match;
  const top = row ? Number(row) - 1 : 0;
  const left = column ? columnOf(column) : 0;
  if (top >= sheet.rows || left >= sheet.columns) throw exceeds(range, sheet);
  const bottom = isCell ? top + 1 : lastRow ? Number(lastRow) : sheet.rows;
  const right = isCell ? left + 1 : lastColumn ? columnOf(lastColumn) + 1 : sheet.columns;
  return {
    sheet,
    top,
    left,
    bottom: Math.min(bottom, sheet.rows),
    right: Math.min(right, sheet.columns),
  };
}

/** What Sheets says of a range beyond the last row or column. */
export function exceeds(range: string, { rows, columns }: FakeSheet): Refusal {
  return new Refusal(
    400,
    "badRequest",
    `Range (${range}) exceeds grid limits. Max rows: ${rows}, max columns: ${columns}`,
  );
}

/** A box in A1 notation. */
export function nameOf({ sheet, top, bottom, left, right }: Box): string {
  const title = /^\w+$/.test(sheet.title) ? sheet.title : `'${sheet.title.replaceAll("'", "''")}'`;
  return `${title}!${letters(left)}${top + 1}:${letters(right - 1)}${bottom}`;
}

/** A value as it is kept: as it is, or as if it had been typed. */
export function entered(value: string | number | boolean, isRaw: boolean): FakeCell {
  if (isRaw || typeof value !== "string") return { value };
  if (/^[=+]/.test(value)) return { value: "#COMPUTED", formula: value.replace(/^\+/, "=") };
  if (value.trim() !== "" && !Number.isNaN(Number(value))) return { value: Number(value) };
  return { value: value.replace(/^'/, "") };
}

/** The values of a box; empty rows and cells at the ends are left out. */
export function valuesOf(box: Box, rendering: string): unknown[][] {
  const rows = Array.from({ length: box.bottom - box.top }, (_, row) => {
    const cells = box.sheet.cells[box.top + row]?.slice(box.left, box.right) ?? [];
    return trimmed(
      cells.map((cell) => shown(cell, rendering)),
      (value) => value === "",
    );
  });
  return trimmed(rows, (row) => row.length === 0);
}

function shown({ value, formula } = {} as FakeCell, rendering: string): unknown {
  if (rendering === "FORMULA" && formula !== undefined) return formula;
  if (rendering !== "FORMATTED_VALUE") return value ?? "";
  return typeof value === "number" ? value.toLocaleString("en-US") : String(value ?? "");
}

function trimmed<T>(items: readonly T[], isEmpty: (item: T) => boolean): T[] {
  return items.slice(0, items.findLastIndex((item) => !isEmpty(item)) + 1);
}

function columnOf(name: string): number {
  return [...name].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function letters(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? letters(rest - 1) : "") + String.fromCharCode(65 + (column % 26));
}
