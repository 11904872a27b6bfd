/** How much of an answer is still free, counted in bytes of its text. */
export class Budget {
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  /** Bytes that are free. */
  get left(): number {
    return this.#left;
  }

  /** Gives `value` its room; false, and nothing taken, when there is too little. */
  take(value: unknown): boolean {
    const bytes = sizeOf(value);
    if (bytes > this.#left) return false;
    this.#left -= bytes;
    return true;
  }

  /** Gives the first of `values` their room, as many as there is room for. @returns these */
  takeFirst<T>(values: readonly T[]): T[] {
    const over = values.findIndex((value) => !this.take(value));
    return over < 0 ? [...values] : values.slice(0, over);
  }
}

/** Bytes of `value` as one entry of a list inside an answer, indented as answers are. */
export function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify([[value]], null, 2));
}
