import type { GitHubTool } from "../shared/github-tool.ts";

/** The tools of the toolset `context`. */
export const contextTools: readonly GitHubTool[] = [];
