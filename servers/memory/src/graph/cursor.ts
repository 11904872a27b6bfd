import { GraphError } from "./error.ts";

/** The number a page's cursor stands for; `start` where there is none. @throws {GraphError} `invalid` */
export function cursorNumber(after: string | undefined, start: number): number {
  if (after === undefined) return start;
  const number = /^\d{1,16}$/.test(after) ? Number(after) : Number.NaN;
  if (Number.isSafeInteger(number)) return number;
  throw new GraphError("invalid", "The cursor is not one that a page gave; begin without one.");
}

/**
 * A page from rows that were read one beyond `limit`, to know whether there are more.
 * @param cursor what the page after a row begins with
 */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  item: (row: Row) => Item,
  cursor: (row: Row) => number,
): { items: Item[]; next?: string } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const items = shown.map(item);
  return rows.length > limit && last !== undefined
    ? { items, next: String(cursor(last)) }
    : { items };
}
