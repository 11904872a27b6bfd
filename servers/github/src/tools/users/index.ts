import type { GitHubTool } from "../shared/github-tool.ts";

/** The tools of the toolset `users`. */
export const usersTools: readonly GitHubTool[] = [];
