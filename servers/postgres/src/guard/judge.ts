import type { AccessMode } from "./access-mode.ts";
import { Latest } from "./latest.ts";
import type { Uses } from "./uses.ts";

export { Refused } from "./refused.ts";

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
  /** Whether it holds no text that PostgreSQL reads when it parses it: 'today' would stay the day of that. */
  readonly isTimeless: boolean;
  /** Whether PostgreSQL refuses it inside a transaction. */
  readonly needsNoTransaction: boolean;
  /** What to ask the user about first; nothing when it is harmless. One sentence. */
  readonly danger: string | undefined;
  /** What it was allowed for. */
  readonly mode: AccessMode;
  /** What it names, for the catalogue to tell what that is: see `checkAgainstCatalogue`. */
  readonly uses: Uses;
}

/**
 * Parses `sql` with PostgreSQL's own parser and decides whether it may run. What is not known to be safe is refused.
 * Names that are not PostgreSQL's own are let through: `checkAgainstCatalogue` has to look at them before it runs.
 * @throws {Refused} with what stands in the way
 */
export async function judge(sql: string, mode: AccessMode): Promise<Judgement> {
  const known = judged[mode].get(sql);
  if (known) return known;
  const { judgeParsed } = await import("./rules.ts");
  const judgement = await judgeParsed(sql, mode);
  judged[mode].set(sql, judgement);
  return judgement;
}

/** Characters that judgements which are kept may weigh, a mode. */
const KEPT = 200_000;

/** A judgement follows from text and mode alone, and is never changed. */
const judged: Readonly<Record<AccessMode, Latest<Judgement>>> = {
  "read-only": new Latest(KEPT),
  "read-write": new Latest(KEPT),
  admin: new Latest(KEPT),
};
