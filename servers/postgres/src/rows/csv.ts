/** A line of CSV (RFC 4180), as COPY writes it: NULL is nothing, an empty text is `""`. */
export function csvLine(cells: readonly (string | null)[]): string {
  return cells.map((cell) => (cell === null ? "" : quoted(cell))).join(",");
}

function quoted(cell: string): string {
  if (cell !== "" && !/[",\r\n]|^\s|\s$|^\\\.$/.test(cell)) return cell;
  return `"${cell.replaceAll('"', '""')}"`;
}

/** What a spreadsheet takes for a formula, which may send data away when the file is opened. */
const FORMULA = /^[=+\-@\t\r]/;

/** Numbers and times may begin with a sign, and are no formulas. */
const HARMLESS = /^[+-]?(\d[\d.:eE+\- ]*|Infinity)$/;

/** Whether a spreadsheet would run this cell. */
export function isFormula(cell: string): boolean {
  return FORMULA.test(cell) && !HARMLESS.test(cell);
}
