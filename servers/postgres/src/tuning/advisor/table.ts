/** A column, or a function of one, as far as an index on it is concerned. */
export interface Column {
  readonly name: string;
  /** How SQL names it: quoted where it must be. */
  readonly sql: string;
  readonly type: string;
  /** Whether a b-tree can sort it. */
  readonly sortable: boolean;
  /** Whether patterns need an operator class of their own to be found by a b-tree. */
  readonly patternClass: string | null;
  /** Average bytes of a value; null before the table was analysed, or when its statistics are hidden. */
  readonly width: number | null;
  readonly nulls: number;
  /** How many values differ: below zero, a part of the rows. Null where it is not known. */
  readonly distinct: number | null;
  readonly alignment: number;
  readonly variable: boolean;
}

/** An index that is there. */
export interface ExistingIndex {
  readonly name: string;
  /** Names of its key columns in their order, and the text of expressions. */
  readonly columns: readonly string[];
  /** Which of them are sorted downwards. */
  readonly descending: readonly boolean[];
  readonly unique: boolean;
}

/** A table as far as indexes are concerned. */
export interface Table {
  readonly id: number;
  /** With its schema, quoted as SQL needs it. */
  readonly name: string;
  readonly schema: string;
  readonly relation: string;
  readonly rows: number;
  readonly bytes: number;
  /** Whether it is made of partitions, on which no index is built concurrently. */
  readonly partitioned: boolean;
  /** What plans call it: itself, or its partitions. */
  readonly scanned: readonly { readonly schema: string; readonly relation: string }[];
  readonly columns: ReadonlyMap<string, Column>;
  /** Those that are valid, without a predicate, and b-trees. */
  readonly indexes: readonly ExistingIndex[];
}

/** How many values of a column differ; as many as there are rows where nobody knows. */
export function distinctValues(table: Table, name: string): number {
  const distinct = table.columns.get(name)?.distinct ?? null;
  if (distinct === null) return Math.max(1, table.rows);
  return Math.max(1, distinct < 0 ? -distinct * table.rows : distinct);
}

/** Functions of text that people look for by; they give the same for the same, as an index needs. */
export const INDEXED_FUNCTIONS: ReadonlySet<string> = new Set(["lower", "upper"]);

/** What a function of a column is called among the columns. */
export function functionOf(name: string, { sql }: Pick<Column, "sql">): string {
  return `${name}(${sql})`;
}

/** The columns by their names, and the functions of them that an index could be on. */
export function withFunctions(columns: readonly Column[]): Map<string, Column> {
  const functions = columns
    .filter(({ type }) => type === "text" || type === "character varying")
    .flatMap((column) =>
      [...INDEXED_FUNCTIONS].map((name) => {
        const sql = functionOf(name, column);
        return { ...column, name: sql, sql };
      }),
    );
  return new Map([...functions, ...columns].map((column) => [column.name, column]));
}
