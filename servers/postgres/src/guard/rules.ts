import type { AccessMode } from "./access-mode.ts";
import { type Judgement, Refused } from "./judge.ts";

/** Refuses everything until the rules are written. */
export function judgeParsed(_sql: string, mode: AccessMode): Promise<Judgement> {
  throw new Refused(`No statement is known to be safe in ${mode} mode.`);
}
