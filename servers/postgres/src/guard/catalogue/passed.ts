import type { Judgement } from "../judge.ts";
import type { Uses } from "../uses.ts";

/** What a statement was found to reach, and what the catalogue looked like then. */
export interface Verdict {
  /** Its own names, and those of the views and domains it uses. */
  readonly uses: Uses;
  /** Nothing when the catalogue was not glanced at for all of `uses`. */
  readonly seen: string | undefined;
}

const MOST = 500;
const LONGEST = 10_000;

/** Statements that passed, the latest ones. A verdict holds while the catalogue shows the same again. */
export class Passed {
  readonly #verdicts = new Map<string, Verdict>();

  get(judgement: Judgement): Verdict | undefined {
    return this.#verdicts.get(key(judgement));
  }

  set(judgement: Judgement, verdict: Verdict): void {
    if (judgement.sql.length > LONGEST) return;
    this.#verdicts.delete(key(judgement));
    this.#verdicts.set(key(judgement), verdict);
    for (const oldest of this.#verdicts.keys()) {
      if (this.#verdicts.size <= MOST) return;
      this.#verdicts.delete(oldest);
    }
  }
}

function key({ mode, sql }: Judgement): string {
  return `${mode} ${sql}`;
}
