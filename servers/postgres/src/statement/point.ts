/** Longest part of a line that is shown around a place in it. */
const MOST_SHOWN = 100;

/**
 * Shows a place in a statement as compilers do: `Line 2, column 8`, the line, and a caret under it.
 * @param position in characters from 1, as PostgreSQL counts them
 */
export function pointAt(sql: string, position: number): string {
  const characters = Array.from(sql);
  const at = position - 1;
  const before = characters.slice(0, at);
  const start = before.lastIndexOf("\n") + 1;
  const end = characters.indexOf("\n", at);
  const line = characters.slice(start, end === -1 ? undefined : end);
  if (line.at(-1) === "\r") line.pop();
  const column = at - start;
  const cut = Math.max(0, column - MOST_SHOWN / 2);
  const shown = line
    .slice(cut, cut + MOST_SHOWN)
    .join("")
    .replaceAll("\t", " ");
  const number = before.filter((character) => character === "\n").length + 1;
  return `Line ${number}, column ${column + 1}:\n${shown}\n${" ".repeat(column - cut)}^`;
}
