import { GitHubError } from "../api/error.ts";
import type { GitHub, Repository } from "../api/github.ts";

/** What is left of a list, and how much was withheld. */
export interface Kept<T> {
  readonly kept: T[];
  readonly withheld: number;
}

/** Milliseconds a decision holds: rights may be taken back. */
const DECISION_MS = 5 * 60_000;

/** Most decisions that are remembered. */
const MOST_DECISIONS = 10_000;

/** Accounts of GitHub's own, whose texts are GitHub's. */
const OWN_BOTS = new Set(["github-actions[bot]", "copilot", "dependabot[bot]"]);

interface Decision {
  readonly answer: Promise<boolean>;
  readonly at: number;
}

/**
 * Withholds what authors without push access wrote in public repositories. Content of private repositories, of the
 * user's own hand and of GitHub's own bots stays. Whatever cannot be found out counts as no. What was decided for one
 * identity is never used for another.
 */
export class Lockdown {
  readonly #decisions = new Map<string, Decision>();

  /** Whether what `author` wrote in `place` may be shown; an author who is gone is `undefined`. */
  async admits(github: GitHub, place: Repository, author: string | undefined): Promise<boolean> {
    if (author === undefined || author === "") return this.#isClosed(github, place);
    if (OWN_BOTS.has(author.toLowerCase())) return true;
    return (
      (await this.#isClosed(github, place)) ||
      (await this.#isOwn(github, author)) ||
      (await this.#mayPush(github, place, author))
    );
  }

  /** Those of `items` that may be shown. */
  async keep<T>(
    github: GitHub,
    place: Repository,
    items: readonly T[],
    authorOf: (item: T) => string | undefined,
  ): Promise<Kept<T>> {
    const verdicts = await Promise.all(
      items.map((item) => this.admits(github, place, authorOf(item))),
    );
    const kept = items.filter((_, index) => verdicts[index]);
    return { kept, withheld: items.length - kept.length };
  }

  #isClosed(github: GitHub, { owner, repo }: Repository): Promise<boolean> {
    return this.#decide([github.identity, "closed", owner, repo], async () => {
      const { data } = await github.rest.repos.get({ owner, repo });
      return data.private === true;
    });
  }

  #isOwn(github: GitHub, author: string): Promise<boolean> {
    return this.#decide([github.identity, "own", author], async () => {
      const { data } = await github.rest.users.getAuthenticated();
      return data.login.toLowerCase() === author.toLowerCase();
    });
  }

  #mayPush(github: GitHub, { owner, repo }: Repository, username: string): Promise<boolean> {
    return this.#decide([github.identity, "push", owner, repo, username], async () => {
      const asked = { owner, repo, username };
      const { data } = await github.rest.repos.getCollaboratorPermissionLevel(asked);
      // GitHub tells maintainers as "write" here.
      return data.permission === "admin" || data.permission === "write";
    });
  }

  /** Remembers a decision for a while. One that failed counts as no for this call, and is made anew for the next. */
  async #decide(key: readonly string[], find: () => Promise<boolean>): Promise<boolean> {
    const name = JSON.stringify(key).toLowerCase();
    let decision = this.#decisions.get(name);
    if (!decision || Date.now() - decision.at > DECISION_MS) {
      decision = { answer: find(), at: Date.now() };
      this.#remember(name, decision);
    }
    try {
      return await decision.answer;
    } catch (error) {
      this.#decisions.delete(name);
      if (error instanceof GitHubError) return false;
      throw error;
    }
  }

  #remember(name: string, decision: Decision): void {
    this.#decisions.delete(name);
    this.#decisions.set(name, decision);
    if (this.#decisions.size <= MOST_DECISIONS) return;
    for (const oldest of this.#decisions.keys()) {
      this.#decisions.delete(oldest);
      return;
    }
  }
}
