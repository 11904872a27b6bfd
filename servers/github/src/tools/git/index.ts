import type { GitHubTool } from "../shared/github-tool.ts";

/** The tools of the toolset `git`. */
export const gitTools: readonly GitHubTool[] = [];
