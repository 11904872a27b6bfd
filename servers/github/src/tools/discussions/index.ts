import type { GitHubTool } from "../shared/github-tool.ts";

/** The tools of the toolset `discussions`. */
export const discussionsTools: readonly GitHubTool[] = [];
