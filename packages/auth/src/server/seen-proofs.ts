/** Most proofs remembered of one key, and of all. */
const MOST_OF_ONE = 100_000;
const MOST_OF_ALL = 500_000;

/** What became of a proof. */
export type Novelty = "new" | "replayed" | "full";

/**
 * The proofs that were used and could be used again. None is forgotten before its time: where there is no room, new
 * ones are refused, so that nobody can make room for a replay.
 */
export class SeenProofs {
  readonly #byKey = new Map<string, Map<string, number>>();
  #size = 0;

  /**
   * Notes a proof.
   * @param key the thumbprint of the key it was made with
   * @param id its `jti`, unique for that key
   * @param until when it can no longer be used, in milliseconds since the epoch
   */
  note(key: string, id: string, until: number): Novelty {
    const mine = this.#byKey.get(key) ?? new Map<string, number>();
    this.#forget(key, mine);
    if (mine.has(id)) return "replayed";
    if (this.#size >= MOST_OF_ALL)
      for (const [each, proofs] of this.#byKey) this.#forget(each, proofs);
    if (mine.size >= MOST_OF_ONE || this.#size >= MOST_OF_ALL) return "full";
    mine.set(id, until);
    this.#byKey.set(key, mine);
    this.#size++;
    return "new";
  }

  /** Forgets the oldest proofs of a key as far as their time is up. */
  #forget(key: string, proofs: Map<string, number>): void {
    const now = Date.now();
    for (const [id, until] of proofs) {
      if (until > now) break;
      proofs.delete(id);
      this.#size--;
    }
    if (proofs.size === 0) this.#byKey.delete(key);
  }
}
