import type { GitHubTool } from "../shared/github-tool.ts";

/** The tools of the toolset `labels`. */
export const labelsTools: readonly GitHubTool[] = [];
