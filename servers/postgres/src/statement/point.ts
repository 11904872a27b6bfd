/** Longest part of a line that is shown around a place in it. */
const MOST_SHOWN = 100;

/**
 * Shows a place in a statement as compilers do: `Line 2, column 8`, the line, and a caret under it.
 * @param position in characters from 1, as PostgreSQL counts them
 */
export function pointAt(sql: string, position: number): string {
  const before = Array.from(sql)
    .slice(0, position - 1)
    .join("");
  const start = before.lastIndexOf("\n") + 1;
  const end = sql.indexOf("\n", before.length);
  const line = sql.slice(start, end === -1 ? undefined : end).replace(/\r$/, "");
  const number = before.split("\n").length;
  const column = before.length - start;
  const cut = Math.max(0, column - MOST_SHOWN / 2);
  const shown = line.slice(cut, cut + MOST_SHOWN).replaceAll("\t", " ");
  const caret = `${" ".repeat(column - cut)}^`;
  return `Line ${number}, column ${column + 1}:\n${shown}\n${caret}`;
}
