import type { GitHubTool } from "../shared/github-tool.ts";

/** The tools of the toolset `gists`. */
export const gistsTools: readonly GitHubTool[] = [];
