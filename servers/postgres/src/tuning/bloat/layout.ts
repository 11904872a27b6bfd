/** What is known of a column's values, for the room they take. */
export interface ColumnWidth {
  /** Bytes of a value that is not null, on average, as ANALYZE found. */
  readonly width: number;
  /** How many values are null, 0 to 1. */
  readonly nulls: number;
  /** Bytes its values are aligned to: 1, 2, 4 or 8. */
  readonly alignment: number;
  /** Whether its values differ in length; short ones of these are not aligned. */
  readonly variable: boolean;
}

/** PostgreSQL's page, as every packaged build has it; asked of the server where it matters. */
export const PAGE = 8_192;

const PAGE_HEADER = 24;
const LINE_POINTER = 4;
const TUPLE_HEADER = 23;
const ALIGNMENT = 8;

/** Values of variable length up to this many bytes have a header of one byte, and no alignment. */
const SHORT_VALUE = 127;

/** Bytes that the values of a row take, with what is left between them so that each begins where it must. */
export function rowWidth(columns: readonly ColumnWidth[]): number {
  let at = 0;
  for (const { width, nulls, alignment, variable } of columns) {
    if (!(variable && width < SHORT_VALUE)) at = at + (align(at, alignment) - at) * (1 - nulls);
    at += width * (1 - nulls);
  }
  return at;
}

/** Pages a table needs for so many rows when nothing of them is wasted. `fillfactor` is 10 to 100. */
export function tablePages(
  rows: number,
  columns: readonly ColumnWidth[],
  { fillfactor, page }: { readonly fillfactor: number; readonly page: number },
): number {
  const mayBeNull = columns.some(({ nulls }) => nulls > 0);
  const header = align(TUPLE_HEADER + (mayBeNull ? Math.ceil(columns.length / 8) : 0), ALIGNMENT);
  const tuple = aligned(header, columns) + LINE_POINTER;
  const room = ((page - PAGE_HEADER) * fillfactor) / 100;
  // Rows larger than a page are kept elsewhere; at least one is on each page.
  return Math.ceil(rows / Math.max(1, Math.floor(room / tuple)));
}

const INDEX_PAGE_SPECIAL = 16;
const INDEX_TUPLE_HEADER = 8;
const ROW_POINTER = 6;

/** What a b-tree holds. */
export interface TreeShape {
  readonly fillfactor: number;
  readonly page: number;
  /** Whether equal keys share one entry, as they do since version 13 where their type allows it. */
  readonly shares: boolean;
  /** How many keys differ. */
  readonly distinct: number;
}

/** Pages a b-tree needs for so many entries when it was just built. */
export function treePages(
  entries: number,
  columns: readonly ColumnWidth[],
  { fillfactor, page, shares, distinct }: TreeShape,
): number {
  if (entries === 0) return 1;
  const mayBeNull = columns.some(({ nulls }) => nulls > 0);
  const header = mayBeNull ? 2 * INDEX_TUPLE_HEADER : INDEX_TUPLE_HEADER;
  const entry = aligned(header, columns);
  const room = ((page - PAGE_HEADER - INDEX_PAGE_SPECIAL) * fillfactor) / 100;
  const single = entry + LINE_POINTER;
  const repeats = Math.max(1, entries / Math.max(1, distinct));
  const perEntry = shares && repeats > 1 ? shared(entry, repeats, page) : single;
  const leaves = Math.ceil((entries * perEntry) / room);
  // Pages above the leaves: one for each as many as fit, and one above those, and so on; and the page that says where to begin.
  const fanout = Math.max(2, Math.floor(room / single));
  let above = 0;
  for (let level = leaves; level > 1; ) {
    level = Math.ceil(level / fanout);
    above += level;
  }
  return leaves + above + 1;
}

/** Bytes an entry takes where equal keys share lists of pointers, none longer than a tenth of a page. */
function shared(entry: number, repeats: number, page: number): number {
  const most = Math.max(1, Math.floor((page / 10 - LINE_POINTER - entry) / ROW_POINTER));
  const lists = Math.ceil(repeats / most);
  const list = align(entry + (repeats / lists) * ROW_POINTER, ALIGNMENT) + LINE_POINTER;
  return (lists * list) / repeats;
}

/**
 * A header and its values, filled up to where the next may begin. Rows of different lengths lose half of the alignment
 * on average, whatever their average length; the more is reckoned with, as a false alarm costs more than a missed one.
 */
function aligned(header: number, columns: readonly ColumnWidth[]): number {
  const width = header + rowWidth(columns);
  const varies = columns.some(({ variable }) => variable);
  return Math.max(align(width, ALIGNMENT), varies ? width + (ALIGNMENT - 1) / 2 : 0);
}

function align(offset: number, to: number): number {
  return Math.ceil(offset / to) * to;
}
