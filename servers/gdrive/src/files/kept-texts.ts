import type { Contents } from "./read.ts";

/** Most characters to keep, of all files together. */
const MOST_CHARACTERS = 4_000_000;

const ofAccounts = new WeakMap<object, KeptTexts>();

/** What was read last in the name of an account, so that a long file read in parts is fetched once. */
export function keptTextsOf(account: object): KeptTexts {
  const known = ofAccounts.get(account) ?? new KeptTexts();
  ofAccounts.set(account, known);
  return known;
}

class KeptTexts {
  readonly #kept = new Map<string, Contents>();
  #characters = 0;

  /**
   * What was kept under `key`, or what `read` gives.
   * @param key of a file and its version
   */
  async get(key: string, read: () => Promise<Contents>): Promise<Contents> {
    const known = this.#kept.get(key);
    if (known) return known;
    const contents = await read();
    this.#keep(key, contents);
    return contents;
  }

  #keep(key: string, contents: Contents): void {
    const length = lengthOf(contents);
    if (contents.kind !== "text" || length > MOST_CHARACTERS / 2 || this.#kept.has(key)) return;
    this.#kept.set(key, contents);
    this.#characters += length;
    for (const [oldest, gone] of this.#kept) {
      if (this.#characters <= MOST_CHARACTERS) return;
      this.#kept.delete(oldest);
      this.#characters -= lengthOf(gone);
    }
  }
}

function lengthOf(contents: Contents): number {
  return contents.kind === "text" ? contents.text.length : 0;
}
