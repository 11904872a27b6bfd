import type { GitHubTool } from "../shared/github-tool.ts";

/** The tools of the toolset `orgs`. */
export const orgsTools: readonly GitHubTool[] = [];
