import type { GitHub } from "../api/github.ts";

/** One pull request, as REST names it. */
export type PullPlace = {
  readonly owner: string;
  readonly repo: string;
  readonly pull_number: number;
};

/** Asks people, and teams as `org/team`, to review a pull request. */
export async function requestReviewers(
  github: GitHub,
  place: PullPlace,
  names: readonly string[],
): Promise<void> {
  if (names.length === 0) return;
  await github.rest.pulls.requestReviewers({
    ...place,
    reviewers: names.filter((name) => !name.includes("/")),
    team_reviewers: names
      .filter((name) => name.includes("/"))
      .map((name) => name.slice(name.indexOf("/") + 1)),
  });
}
