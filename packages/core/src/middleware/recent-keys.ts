/** The keys used most recently, up to a number of them. */
export class RecentKeys {
  readonly #keys = new Set<string>();
  readonly #most: number;
  readonly #forget: (key: string) => void;

  /** @param forget hears of the key that has gone unused longest, when there is one too many */
  constructor(most: number, forget: (key: string) => void) {
    this.#most = most;
    this.#forget = forget;
  }

  /** Makes `key` the most recent one. */
  touch(key: string): void {
    this.#keys.delete(key);
    this.#keys.add(key);
    if (this.#keys.size <= this.#most) return;
    const [oldest] = this.#keys;
    this.#keys.delete(oldest as string);
    this.#forget(oldest as string);
  }
}
