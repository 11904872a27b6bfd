import { type PlainEntity, plainEntity } from "../../plain.ts";
import type { Budget } from "./budget.ts";

/** Leaves observations out of entities that are too large by themselves, and remembers to say so. */
export class Shortener {
  readonly #notes: string[] = [];

  /** The entity with as many of its first observations as fit. */
  readonly shorten = (whole: PlainEntity, budget: Budget): PlainEntity => {
    budget.take(plainEntity(whole, []));
    const over = whole.observations.findIndex((fact) => !budget.take(fact));
    const shown = whole.observations.slice(0, over);
    this.#notes.push(
      `${JSON.stringify(whole.name)} is cut after ${over} of ${whole.observations.length} observations; get_entity has all.`,
    );
    return plainEntity(whole, shown);
  };

  /** What to tell of it; nothing when nothing was left out. */
  get note(): string | undefined {
    return this.#notes.length === 0 ? undefined : this.#notes.join(" ");
  }
}
