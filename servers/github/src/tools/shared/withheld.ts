import { GitHubError } from "../../api/error.ts";

/** Says that a list is shorter than GitHub's because of lockdown; nothing when it is not. */
export function withheldNote(count: number): string | undefined {
  if (count === 0) return undefined;
  return `Lockdown withheld ${count} by authors without push access.`;
}

/** Why `what`, as "issue", is not shown. */
export function withheldError(what: string): GitHubError {
  return new GitHubError(
    `Lockdown withholds this ${what}: its author has no push access to the repository.`,
  );
}
