import type { Granted } from "../../auth/granted.ts";
import type { GitHubTool } from "../shared/github-tool.ts";

/** Scopes without which public repositories can still be read. */
const FOR_PRIVATE = new Set(["repo", "public_repo"]);

/** The scope a tool cannot work without, and no token in use has, in a sentence; nothing where there is none. */
export function lacksScope(
  { scopes, effect }: Pick<GitHubTool, "scopes" | "effect">,
  granted: Granted,
): string | undefined {
  if (effect === "reads" && scopes.some((scope) => FOR_PRIVATE.has(scope))) return undefined;
  if (!granted.lacks(scopes)) return undefined;
  return `The token lacks the scope ${scopes.join(" or ")}; add it at https://github.com/settings/tokens.`;
}
