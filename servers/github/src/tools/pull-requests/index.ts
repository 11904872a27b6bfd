import type { GitHubTool } from "../shared/github-tool.ts";

/** The tools of the toolset `pull_requests`. */
export const pullRequestsTools: readonly GitHubTool[] = [];
