import type { Connection } from "../connection.ts";
import { codeOf } from "../errors.ts";

/** Ids, the last included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

type Row = Record<string, string | number | null>;

const PORTION = 500;
/** Failed attempts at one table before the rest of it is given up. */
const ATTEMPTS = 100_000;

/**
 * Rows of a table that can be read, and `undefined` for an id at which reading fails. A range that fails is tried in
 * halves, down to single rows: what lies on whole pages is found around broken ones.
 */
export function* readableRows(
  connection: Connection,
  table: string,
  ranges: readonly Range[],
): Iterable<Row | undefined> {
  const open = [...ranges].reverse();
  let attempts = 0;
  for (let range = open.pop(); range !== undefined; range = open.pop()) {
    const { from, to } = range;
    try {
      const rows = portion(connection, table, range);
      yield* rows.map(({ rowid: _, ...row }) => row);
      const last = rows.at(-1)?.rowid;
      if (rows.length === PORTION) open.push({ from: Number(last) + 1, to });
    } catch (error) {
      if (codeOf(error) === "") throw error;
      if (++attempts > ATTEMPTS) return yield undefined;
      if (from === to) yield undefined;
      else {
        const middle = Math.floor((from + to) / 2);
        open.push({ from: middle + 1, to }, { from, to: middle });
      }
    }
  }
}

function portion(connection: Connection, table: string, { from, to }: Range): Row[] {
  if (from > to) return [];
  return connection.all<Row>(
    `SELECT rowid AS rowid, * FROM ${table} NOT INDEXED
     WHERE rowid >= :from AND rowid <= :to ORDER BY rowid LIMIT ${PORTION}`,
    { from, to },
  );
}
