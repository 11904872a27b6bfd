/** An answer whose body was read. */
export interface Kept {
  readonly response: Response;
  readonly body: Uint8Array<ArrayBuffer>;
  /** When it was last known to hold, in milliseconds since the epoch. */
  readonly at: number;
}

/** Answers by their keys, the oldest first; never more than `mostBytes` of bodies. */
export class KeptAnswers {
  readonly #mostBytes: number;
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  get(key: string): Kept | undefined {
    return this.#kept.get(key);
  }

  /** Keeps an answer, unless it alone would take the place of most others. */
  set(key: string, answer: Kept): void {
    this.delete(key);
    if (answer.body.byteLength > this.#mostBytes / 4) return;
    this.#kept.set(key, answer);
    this.#bytes += answer.body.byteLength;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#mostBytes) return;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    this.#bytes -= this.#kept.get(key)?.body.byteLength ?? 0;
    this.#kept.delete(key);
  }

  clear(): void {
    this.#kept.clear();
    this.#bytes = 0;
  }
}
