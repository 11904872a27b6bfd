import type { Table } from "./table.ts";

/** A column of an index, and the way it is sorted. */
export interface SortedColumn {
  readonly name: string;
  readonly descending: boolean;
}

/** What one mention of a table in a statement would use an index for. */
export interface TableUse {
  readonly table: Table;
  /** Compared with `=`, `IN`, `= ANY`, `IS NULL` by something that is known before the table is read. */
  readonly equal: Set<string>;
  /** Compared with `<`, `>`, `BETWEEN`. */
  readonly range: Set<string>;
  /** Compared with a column of another table. */
  readonly join: Set<string>;
  /** Compared with a pattern that begins with something definite: `LIKE 'abc%'`. */
  readonly pattern: Set<string>;
  /** Compared in one arm of an `OR`, where only an index of its own helps. */
  readonly alone: Set<string>;
  /** What the rows are wanted sorted by; each entry is one `ORDER BY`. */
  readonly order: (readonly SortedColumn[])[];
  /** What the rows are grouped by, or told apart by. */
  readonly group: (readonly string[])[];
}

/** A mention that uses nothing yet. */
export function newUse(table: Table): TableUse {
  return {
    table,
    equal: new Set(),
    range: new Set(),
    join: new Set(),
    pattern: new Set(),
    alone: new Set(),
    order: [],
    group: [],
  };
}
