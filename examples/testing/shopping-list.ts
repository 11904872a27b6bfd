/** What is to be bought. It knows nothing of MCP, so its tests need none. */
export class ShoppingList {
  readonly #things = new Map<string, number>();

  /** Adds to what is there already. Throws a RangeError for less than one piece. */
  add(thing: string, pieces: number): number {
    if (pieces < 1) throw new RangeError("Add at least one piece.");
    const total = (this.#things.get(thing) ?? 0) + pieces;
    this.#things.set(thing, total);
    return total;
  }

  /** A line for each thing, by name. */
  lines(): string[] {
    return [...this.#things].map(([thing, pieces]) => `${pieces} ${thing}`).sort();
  }

  clear(): void {
    this.#things.clear();
  }
}
