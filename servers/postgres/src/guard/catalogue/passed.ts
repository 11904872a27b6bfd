import type { LimitedMode } from "../access-mode.ts";
import { Latest } from "../latest.ts";
import type { Uses } from "../uses.ts";

/** What a statement was found to reach, and what the catalogue looked like then. */
export interface Verdict {
  /** Its own names, and those of the views and domains it uses. */
  readonly uses: Uses;
  /** Nothing when the catalogue was not glanced at for all of `uses`. */
  readonly seen: string | undefined;
}

/** Characters that statements which passed may weigh, a mode. */
const KEPT = 200_000;

/** Statements that passed, the latest ones, by their text. A verdict holds while the catalogue shows the same again. */
export type Passed = Readonly<Record<LimitedMode, Latest<Verdict>>>;

/** Of one database, before any statement passed. */
export function nonePassed(): Passed {
  return { "read-only": new Latest(KEPT), "read-write": new Latest(KEPT) };
}
