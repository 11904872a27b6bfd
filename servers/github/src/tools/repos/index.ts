import type { GitHubTool } from "../shared/github-tool.ts";

/** The tools of the toolset `repos`. */
export const reposTools: readonly GitHubTool[] = [];
