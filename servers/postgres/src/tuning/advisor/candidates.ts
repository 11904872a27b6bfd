import { PAGE, treePages } from "../bloat/layout.ts";
import { distinctValues, type Table } from "./table.ts";
import type { SortedColumn, TableUse } from "./table-use.ts";

/** An index that is not there, and might help. */
export interface Candidate {
  /** Tells it from all others. */
  readonly key: string;
  readonly table: Table;
  readonly columns: readonly IndexColumn[];
  /** How large it would be, by estimate. */
  readonly bytes: number;
}

/** A column of it, with the operator class it needs to find patterns. */
export interface IndexColumn extends SortedColumn {
  readonly operatorClass?: string | undefined;
}

/** Longer indexes are rarely worth what they cost each write. */
const MOST_COLUMNS = 4;

/** A table of so few bytes is read as fast as any index of it: 10 pages. */
const SMALL_TABLE = 10 * PAGE;

/** A key may take a third of a page at most; with this average, some value soon does. */
const WIDE_VALUE = 400;

/** The indexes that would serve one mention of a table, those that are there already left out. */
export function candidatesFor(use: TableUse): Candidate[] {
  const { table } = use;
  if (table.bytes <= SMALL_TABLE || findsOne(use)) return [];
  const found = new Map<string, Candidate>();
  for (const columns of shapes(use)) {
    const candidate = candidateOf(table, columns);
    if (candidate && !isCovered(candidate)) found.set(candidate.key, candidate);
  }
  return [...found.values()];
}

/** The statement that would make it, without stopping writes where that can be done. */
export function definition(candidate: Candidate): string {
  const plain = plainDefinition(candidate);
  return candidate.table.partitioned ? plain : plain.replace("INDEX", "INDEX CONCURRENTLY");
}

/** The same for hypothetical indexes, which nothing has to wait for. */
export function plainDefinition({ table, columns }: Candidate): string {
  return `CREATE INDEX ON ${table.name} (${columns.map((column) => columnText(table, column)).join(", ")})`;
}

function columnText(table: Table, { name, descending, operatorClass }: IndexColumn): string {
  return [
    table.columns.get(name)!.sql,
    ...(operatorClass === undefined ? [] : [operatorClass]),
    ...(descending ? ["DESC"] : []),
  ].join(" ");
}

/** Orders of columns worth trying: what is equal first, the most telling before, then one range or an order. */
function* shapes(use: TableUse): Generator<readonly IndexColumn[]> {
  const { table } = use;
  const equal = mostTelling(table, use.equal);
  const join = mostTelling(table, use.join);
  const patterns = [...use.pattern].map((name) => patternColumn(table, name));
  for (const name of [...equal, ...use.range, ...join, ...use.alone]) yield ascending([name]);
  for (const pattern of patterns) yield [pattern];
  const heads = distinctLists([equal.slice(0, 3), [...join, ...equal], [...equal, ...join]]);
  for (const head of heads) {
    yield ascending(head);
    for (const name of use.range) yield ascending([...head, name]);
    for (const pattern of patterns) yield [...ascending(head), pattern];
    for (const order of use.order) yield [...ascending(head), ...normalised(order)];
    for (const group of use.group) yield ascending([...head, ...group]);
  }
  for (const order of use.order) yield normalised(order);
  for (const group of use.group) yield ascending(group);
}

function candidateOf(table: Table, wanted: readonly IndexColumn[]): Candidate | undefined {
  const columns = withoutRepeats(wanted).slice(0, MOST_COLUMNS);
  const known = columns.map(({ name }) => table.columns.get(name));
  if (columns.length === 0 || known.some((column) => !column?.sortable)) return undefined;
  if (known.some((column) => (column?.width ?? 0) > WIDE_VALUE)) return undefined;
  const key = `${table.id} ${columns.map((column) => columnText(table, column)).join(",")}`;
  return { key, table, columns, bytes: sizeOf(table, columns) };
}

function sizeOf(table: Table, columns: readonly IndexColumn[]): number {
  const widths = columns.map(({ name }) => {
    const { width, ...rest } = table.columns.get(name)!;
    return { ...rest, width: width ?? 16 };
  });
  const distinct = columns.reduce((all, { name }) => all * distinctValues(table, name), 1);
  const shape = {
    fillfactor: 90,
    page: PAGE,
    shares: true,
    distinct: Math.min(distinct, table.rows),
  };
  return treePages(table.rows, widths, shape) * PAGE;
}

/** Whether an index that is there begins with the same columns, read in either direction. */
function isCovered({ table, columns }: Candidate): boolean {
  if (columns.some(({ operatorClass }) => operatorClass !== undefined)) return false;
  return table.indexes.some((index) => {
    const same = columns.every(({ name }, place) => index.columns[place] === name);
    const turned = columns.map(({ descending }, place) => descending !== index.descending[place]);
    return same && new Set(turned).size === 1;
  });
}

/** Whether a unique index already leads to the one row. */
function findsOne({ table, equal }: TableUse): boolean {
  return table.indexes.some(
    ({ unique, columns }) => unique && columns.every((name) => equal.has(name)),
  );
}

function mostTelling(table: Table, names: ReadonlySet<string>): string[] {
  return [...names].sort((a, b) => distinctValues(table, b) - distinctValues(table, a));
}

function ascending(names: readonly string[]): IndexColumn[] {
  return names.map((name) => ({ name, descending: false }));
}

/** An index is read backwards as well as forwards, so what is all downwards is taken as upwards. */
function normalised(order: readonly SortedColumn[]): readonly SortedColumn[] {
  if (!order.every(({ descending }) => descending)) return order;
  return order.map(({ name }) => ({ name, descending: false }));
}

function patternColumn(table: Table, name: string): IndexColumn {
  const operatorClass = table.columns.get(name)?.patternClass ?? undefined;
  return { name, descending: false, operatorClass };
}

function withoutRepeats(columns: readonly IndexColumn[]): IndexColumn[] {
  return [
    ...new Map(columns.toReversed().map((column) => [column.name, column])).values(),
  ].reverse();
}

function distinctLists(lists: readonly (readonly string[])[]): string[][] {
  const unrepeated = lists.map((list) => [...new Set(list)]).filter(({ length }) => length > 0);
  return [...new Map(unrepeated.map((list) => [list.join("\0"), list])).values()];
}
