import type { GitHubTool } from "../shared/github-tool.ts";

/** The tools of the toolset `actions`. */
export const actionsTools: readonly GitHubTool[] = [];
