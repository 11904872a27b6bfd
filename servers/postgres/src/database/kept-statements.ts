/**
 * The statements of our own that a session keeps parsed and planned, by their text. There are as many as there are
 * texts, so only fixed ones belong here.
 */
export class KeptStatements {
  readonly #names = new Map<string, string>();

  /** How many the session has. */
  get size(): number {
    return this.#names.size;
  }

  /** The name of a statement the session has. */
  get(sql: string): string | undefined {
    return this.#names.get(sql);
  }

  /** Notes that the session has these, under the names {@link nameFor} gave. */
  add(texts: Iterable<string>): void {
    for (const sql of texts) this.#names.set(sql, nameAt(this.#names.size));
  }

  /** A name for the next one, `ahead` of others that are on their way. */
  nameFor(ahead: number): string {
    return nameAt(this.#names.size + ahead);
  }

  /** Notes that the session has none. */
  clear(): void {
    this.#names.clear();
  }
}

function nameAt(index: number): string {
  return `portico_${index + 1}`;
}
