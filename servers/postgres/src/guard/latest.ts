/** Answers to texts, the latest ones, as long as the texts are no longer than `most` characters together. */
export class Latest<T> {
  readonly #answers = new Map<string, T>();
  readonly #most: number;
  #held = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get(text: string): T | undefined {
    const answer = this.#answers.get(text);
    if (answer === undefined) return undefined;
    this.#answers.delete(text);
    this.#answers.set(text, answer);
    return answer;
  }

  /** Texts that would take a tenth of the room alone are not kept. */
  set(text: string, answer: T): void {
    if (text.length > this.#most / 10) return;
    if (!this.#answers.has(text)) this.#held += text.length;
    this.#answers.set(text, answer);
    for (const oldest of this.#answers.keys()) {
      if (this.#held <= this.#most) return;
      this.#answers.delete(oldest);
      this.#held -= oldest.length;
    }
  }
}
