/** What an answer weighs beside its text, in characters. */
export const ANSWER = 400;

/** Answers to texts, the latest ones, as long as they weigh no more than `most` characters together. */
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

  /** A text that would take a tenth of the room alone is not kept. */
  set(text: string, answer: T): void {
    if (text.length > this.#most / 10) return;
    if (!this.#answers.delete(text)) this.#held += text.length + ANSWER;
    this.#answers.set(text, answer);
    for (const oldest of this.#answers.keys()) {
      if (this.#held <= this.#most) return;
      this.#answers.delete(oldest);
      this.#held -= oldest.length + ANSWER;
    }
  }
}
