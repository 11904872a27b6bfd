import type { GitHub, Repository } from "../api/github.ts";

/** What is left of a list, and how much was withheld. */
export interface Kept<T> {
  readonly kept: T[];
  readonly withheld: number;
}

/**
 * Withholds what authors without push access wrote in public repositories, while lockdown is on. Content of private
 * repositories, of the user's own hand and of GitHub's own bots stays. Whatever cannot be found out counts as no.
 */
export interface Lockdown {
  /** Whether anything is withheld at all. */
  readonly isOn: boolean;
  /** Whether what `author` wrote in `place` may be shown; an author who is gone is `undefined`. */
  admits(github: GitHub, place: Repository, author: string | undefined): Promise<boolean>;
  /** Those of `items` that may be shown. */
  keep<T>(
    github: GitHub,
    place: Repository,
    items: readonly T[],
    authorOf: (item: T) => string | undefined,
  ): Promise<Kept<T>>;
}
