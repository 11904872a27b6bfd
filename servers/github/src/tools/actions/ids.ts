import { GitHubError } from "../../api/error.ts";

/**
 * A number given as text.
 * @param what whose it is, as "run"
 * @throws {GitHubError} when it is missing or none
 */
export function numberOf(given: string | undefined, what: string): number {
  if (given !== undefined && /^\d{1,15}$/.test(given)) return Number(given);
  throw new GitHubError(`resource_id must be the number of the ${what}.`);
}

/**
 * A workflow's number, or the name of its file: GitHub takes either.
 * @throws {GitHubError} when it is missing
 */
export function workflowOf(given: string | undefined, argument: string): string | number {
  if (given === undefined) {
    throw new GitHubError(
      `${argument} must be the number of the workflow or the name of its file.`,
    );
  }
  return /^\d{1,15}$/.test(given) ? Number(given) : given;
}
