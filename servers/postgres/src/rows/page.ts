import type { Column } from "../database/database.ts";
import { type Format, type TextRow, valueReader, type Writer, writerOf } from "./format.ts";
import type { Portions } from "./portions.ts";
import type { Value } from "./value.ts";

/** Most bytes of text in one answer, some 25,000 tokens. */
export const PAGE_BYTES = 100_000;

/** Rows in one answer. */
export interface Page {
  readonly columns: readonly Column[];
  readonly rows: readonly Value[][];
  /** The same in the format that was asked for. */
  readonly text: string;
  /** Why the rows end here although there are more. */
  readonly stopped: "rows" | "bytes" | undefined;
  /** How many values were too long to be shown whole. */
  readonly shortened: number;
}

/** What one answer may hold. */
export interface PageLimits {
  readonly rows: number;
  readonly format: Format;
  /** Default {@link PAGE_BYTES}. */
  readonly bytes?: number;
}

/** Takes as many rows as one answer may hold; the others stay where they are. */
export async function takePage(
  portions: Portions,
  { rows: most, format, bytes = PAGE_BYTES }: PageLimits,
): Promise<Page> {
  let row = await portions.peek();
  const { columns } = portions;
  const writer = writerOf(format, columns);
  const read = valueReader(columns);
  const texts: string[] = [];
  const rows: Value[][] = [];
  const page = (stopped?: Page["stopped"]) => ({
    columns,
    rows,
    text: joined(writer, texts),
    stopped,
    shortened: 0,
  });
  let room = bytes - Buffer.byteLength(writer.before + writer.after);
  for (; row !== undefined; row = portions.arrived ?? (await portions.peek())) {
    if (rows.length === most) return page("rows");
    const values = read(row);
    const text = writer.row(row, values);
    room -= Buffer.byteLength(text) + (rows.length > 0 ? writer.between.length : 0);
    if (room < 0 && rows.length > 0) return page("bytes");
    portions.take();
    if (room < 0)
      return { ...(await alone(columns, row, format, bytes)), ...(await rest(portions)) };
    texts.push(text);
    rows.push(values);
  }
  return page();
}

/** A page of one row that is longer than an answer may be: its longest values are cut. */
async function alone(columns: readonly Column[], row: TextRow, format: Format, bytes: number) {
  const most = Math.floor(bytes / 2 / row.length);
  const isLong = (cell: string | null) => cell !== null && cell.length > most;
  const cut = row.map((cell) => (cell !== null && isLong(cell) ? shorten(cell, most) : cell));
  // What was cut is no JSON and no array any more.
  const shown = columns.map((one, index) => (isLong(row[index]!) ? { ...one, type: TEXT } : one));
  const writer = writerOf(format, shown);
  const values = valueReader(shown)(cut);
  return {
    columns,
    rows: [values],
    text: joined(writer, [writer.row(cut, values)]),
    shortened: row.filter(isLong).length,
  };
}

/** OID of `text`. */
const TEXT = 25;

function shorten(cell: string, most: number): string {
  return `${cell.slice(0, most).toWellFormed()}… [${cell.length} characters in all]`;
}

async function rest(portions: Portions): Promise<Pick<Page, "stopped">> {
  return { stopped: (await portions.peek()) === undefined ? undefined : "bytes" };
}

function joined(writer: Writer, texts: readonly string[]): string {
  if (texts.length === 0) return writer.none;
  return writer.before + texts.join(writer.between) + writer.after;
}
