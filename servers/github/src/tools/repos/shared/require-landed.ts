import { GitHubError } from "../../../api/error.ts";
import type { GitHub, Repository } from "../../../api/github.ts";
import { hasLanded } from "../../../repos/landed.ts";
import type { ToolCall } from "../../shared/github-tool.ts";

/**
 * Lockdown for what belongs to a commit: in a public repository only what somebody with push access brought in is
 * shown. Who a commit says its author is proves nothing where anybody can have made it, as in a pull request.
 * @throws {GitHubError} when it is withheld
 */
export async function requireLanded(
  github: GitHub,
  place: Repository,
  ref: string | undefined,
  call: ToolCall,
): Promise<void> {
  // Where even nobody's words may be shown the repository is private, or there is no lockdown.
  if (await call.mayShow(place, undefined)) return;
  if (await hasLanded(github, place, ref)) return;
  throw new GitHubError(
    "Lockdown withholds this: it is on no branch or tag of the repository that could be found; name a branch.",
  );
}
