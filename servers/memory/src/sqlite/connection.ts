import type BetterSqlite3 from "better-sqlite3";

/** Values of a statement's named parameters. */
export type Values = Readonly<Record<string, string | number | bigint | Uint8Array | null>>;

/** An open database with its statements, each prepared once. */
export class Connection {
  readonly database: BetterSqlite3.Database;
  readonly #statements = new Map<string, BetterSqlite3.Statement>();

  constructor(database: BetterSqlite3.Database) {
    this.database = database;
  }

  /** All rows, as the caller says they look. */
  all<Row>(sql: string, values: Values = {}): Row[] {
    return this.#prepared(sql).all(values) as Row[];
  }

  /** The first row. */
  get<Row>(sql: string, values: Values = {}): Row | undefined {
    return this.#prepared(sql).get(values) as Row | undefined;
  }

  /** Rows one by one. The connection does nothing else until the caller is through. */
  each<Row>(sql: string, values: Values = {}): IterableIterator<Row> {
    return this.database.prepare(sql).iterate(values) as IterableIterator<Row>;
  }

  /** Changes rows. */
  run(sql: string, values: Values = {}): { changes: number; id: number } {
    const { changes, lastInsertRowid } = this.#prepared(sql).run(values);
    return { changes, id: Number(lastInsertRowid) };
  }

  close(): void {
    this.#statements.clear();
    this.database.close();
  }

  #prepared(sql: string): BetterSqlite3.Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
