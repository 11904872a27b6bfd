import type { Column, TextRows } from "../database/database.ts";
import type { TextRow } from "./format.ts";

/** Rows that arrive in portions, read one after the other by whoever wants some now and more later. */
export class Portions {
  readonly #portions: AsyncIterator<TextRows>;
  #last: TextRows = { columns: [], rows: [], command: "", affected: undefined };
  #at = 0;
  #count = 0;

  constructor(portions: AsyncIterable<TextRows>) {
    this.#portions = portions[Symbol.asyncIterator]();
  }

  /** Known once {@link peek} was called. */
  get columns(): readonly Column[] {
    return this.#last.columns;
  }

  /** What the statement did; known once all its rows were read. */
  get outcome(): Pick<TextRows, "command" | "affected"> {
    const { command, affected, columns } = this.#last;
    // Of rows in portions the server counts only the last one.
    return { command, affected: columns.length > 0 ? this.#count : affected };
  }

  /** The next row, if it is there already. */
  get arrived(): TextRow | undefined {
    return this.#last.rows[this.#at];
  }

  /** The next row, which stays there; nothing at the end. */
  async peek(): Promise<TextRow | undefined> {
    while (this.#at >= this.#last.rows.length) {
      const { value, done } = await this.#portions.next();
      if (done) return undefined;
      this.#last = value;
      this.#count += value.rows.length;
      this.#at = 0;
    }
    return this.#last.rows[this.#at];
  }

  /** Leaves the row that {@link peek} showed behind. */
  take(): void {
    this.#at++;
  }

  /** Reads what is left, for nothing but its end. */
  async drain(): Promise<void> {
    while ((await this.peek()) !== undefined) this.#at = this.#last.rows.length;
  }

  /** Reads no more. */
  async end(): Promise<void> {
    await this.#portions.return?.();
  }
}
