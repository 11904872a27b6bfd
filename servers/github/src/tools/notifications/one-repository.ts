import { GitHubError } from "../../api/error.ts";
import type { Repository } from "../../api/github.ts";

/**
 * The repository that arguments name, if they name one.
 * @throws {GitHubError} when they name half of one
 */
export function oneRepository(given: {
  readonly owner?: string;
  readonly repo?: string;
}): Repository | undefined {
  const { owner, repo } = given;
  if (owner === undefined && repo === undefined) return undefined;
  if (owner !== undefined && repo !== undefined) return { owner, repo };
  throw new GitHubError("Give both owner and repo, or neither.");
}
