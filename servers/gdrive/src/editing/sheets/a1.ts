/** A rectangle of cells: rows and columns count from 0, ends are not in it; what is undefined has no bound. */
export interface Area {
  /** Title of the sheet; the first one when absent. */
  readonly sheet?: string | undefined;
  readonly startRow?: number | undefined;
  readonly endRow?: number | undefined;
  readonly startColumn?: number | undefined;
  readonly endColumn?: number | undefined;
}

/** One end of a range: a cell, a column or a row. */
interface End {
  readonly column?: number | undefined;
  readonly row?: number | undefined;
}

const SHEET = /^(?:'((?:[^']|'')*)'|([^'!]+))!(.*)$/s;
const END = /^\$?([A-Za-z]{1,3})?\$?([1-9]\d{0,7})?$/;

/**
 * What a range in A1 notation means: `Sheet1!A2:C`, `'My sheet'!1:5`, `B7`. Undefined for what is none, such as the
 * name of a range or the title of a sheet alone.
 */
export function parseA1(text: string): Area | undefined {
  const [, quoted, bare, rest = text] = SHEET.exec(text.trim()) ?? [];
  const sheet = quoted?.replaceAll("''", "'") ?? bare;
  const ends = rest.trim().split(":").map(parseEnd);
  const [first, last = first] = ends;
  if (!first || !last || ends.length > 2) return undefined;
  const isAlone = ends.length === 1 && (first.column === undefined || first.row === undefined);
  if (isAlone) return undefined;
  const columns = between(first.column, last.column);
  const rows = between(first.row, last.row);
  return {
    ...(sheet !== undefined && { sheet }),
    ...(columns[0] !== undefined && { startColumn: columns[0] }),
    ...(columns[1] !== undefined && { endColumn: columns[1] + 1 }),
    ...(rows[0] !== undefined && { startRow: rows[0] }),
    ...(rows[1] !== undefined && { endRow: rows[1] + 1 }),
  };
}

/** A bounded rectangle in A1 notation. */
export function printA1({
  sheet,
  startRow,
  endRow,
  startColumn,
  endColumn,
}: Required<Area>): string {
  const first = `${columnName(startColumn)}${startRow + 1}`;
  const last = `${columnName(endColumn - 1)}${endRow}`;
  const cells = first === last ? first : `${first}:${last}`;
  return `'${sheet?.replaceAll("'", "''")}'!${cells}`;
}

/** The letters of a column that counts from 0. */
export function columnName(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter;
}

function parseEnd(text: string): End | undefined {
  const [all, letters, digits] = END.exec(text.trim()) ?? [];
  if (!all) return undefined;
  return {
    column: letters && columnOf(letters),
    row: digits && Number(digits) - 1,
  } as End;
}

function columnOf(letters: string): number {
  const digits = [...letters.toUpperCase()].map((letter) => letter.charCodeAt(0) - 64);
  return digits.reduce((sum, digit) => sum * 26 + digit, 0) - 1;
}

/** Both in order; where one end is open, the other one is the beginning: `A2:C` starts at row 2 and has no last one. */
function between(
  first: number | undefined,
  last: number | undefined,
): readonly [number | undefined, number | undefined] {
  if (first === undefined) return [last, undefined];
  if (last === undefined) return [first, undefined];
  return [Math.min(first, last), Math.max(first, last)];
}
