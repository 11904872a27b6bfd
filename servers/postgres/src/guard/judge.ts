import type { AccessMode } from "./access-mode.ts";

/** What a statement would do, as the parser sees it. */
export interface Judgement {
  /** The statement's text without what surrounds it: no semicolon, no comment before or after. */
  readonly sql: string;
  /** `select`, `insert`, `update`, `delete`, `merge`, `explain`, `show`, `ddl`, … */
  readonly kind: string;
  /** Whether it can only read. */
  readonly readOnly: boolean;
  /** Whether a cursor can be declared for it: a plain query, VALUES or TABLE. */
  readonly isQuery: boolean;
  /** Whether PostgreSQL refuses it inside a transaction. */
  readonly needsNoTransaction: boolean;
  /** What to ask the user about first; nothing when it is harmless. One sentence. */
  readonly danger: string | undefined;
}

/** A statement that is not allowed: one sentence that says what, and what to do instead. */
export class Refused extends Error {
  constructor(message: string) {
    super(message);
    this.name = "Refused";
  }
}

/**
 * Parses `sql` with PostgreSQL's own parser and decides whether it may run. What is not known to be safe is refused.
 * @throws {Refused} with what stands in the way
 */
export async function judge(sql: string, mode: AccessMode): Promise<Judgement> {
  const { judgeParsed } = await import("./rules.ts");
  return judgeParsed(sql, mode);
}
