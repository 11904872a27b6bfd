import type { GitHubTool } from "../shared/github-tool.ts";

/** The tools of the toolset `issues`. */
export const issuesTools: readonly GitHubTool[] = [];
