/** Most statements of callers that one session keeps: each is a plan in its memory. */
const MOST_OF_CALLERS = 16;

/** A statement the session has by a name. */
export interface Kept {
  readonly name: string;
  /** Whether a caller wrote it, so that there may be any number of its kind. */
  readonly isCallers: boolean;
}

/**
 * The statements that a session keeps parsed and planned, by a key: our own, of which there are as many as there are
 * texts, and the latest ones of callers.
 */
export class KeptStatements {
  /** The text of the statement without a name, the one that no SQL can see, remove or replace. */
  unnamed: string | undefined;
  readonly #statements = new Map<string, Kept>();
  readonly #dropped: string[] = [];
  readonly #rows = new Map<string, number>();
  // Two servers that get one session from a pooler must not take each other's statements for their own.
  readonly #prefix = `portico_${Math.random().toString(36).slice(2, 10)}`;
  #named = 0;

  /** How many the session has by a name. */
  get size(): number {
    return this.#statements.size;
  }

  /** The name of a statement the session has. */
  get(key: string): string | undefined {
    return this.#statements.get(key)?.name;
  }

  /** How many rows a statement gave the last time, where all of them could have come at once. */
  rowsOf(key: string): number | undefined {
    return this.#rows.get(key);
  }

  /** Notes how many rows a statement gave; nothing where they were too many to come at once. */
  noteRows(key: string, rows: number | undefined): void {
    if (rows !== undefined && this.#statements.has(key)) this.#rows.set(key, rows);
    else this.#rows.delete(key);
  }

  /** A name no other statement of the session had. */
  nameNext(): string {
    this.#named += 1;
    return `${this.#prefix}_${this.#named}`;
  }

  /** Notes that a batch gave the session these; the oldest ones of callers are then dropped. */
  add(given: ReadonlyMap<string, Kept>): void {
    for (const [key, kept] of given) this.#statements.set(key, kept);
    const callers = [...this.#statements].filter(([, { isCallers }]) => isCallers);
    const excess = Math.max(0, callers.length - MOST_OF_CALLERS);
    for (const [key] of callers.slice(0, excess)) this.drop(key);
  }

  /** Lets a statement go. */
  drop(key: string): void {
    const name = this.get(key);
    if (name === undefined) return;
    this.#statements.delete(key);
    this.#rows.delete(key);
    this.forget(name);
  }

  /** Notes that the session may have a statement that it need not keep. */
  forget(name: string): void {
    this.#dropped.push(name);
  }

  /** The names that the session still has to be told to forget, once. */
  takeDropped(): readonly string[] {
    return this.#dropped.splice(0);
  }

  /** Notes that the session has none by a name. */
  clear(): void {
    this.#statements.clear();
    this.#rows.clear();
    this.#dropped.length = 0;
  }
}
