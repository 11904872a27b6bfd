import type { GitHubTool } from "../shared/github-tool.ts";

/** The tools of the toolset `dependabot`. */
export const dependabotTools: readonly GitHubTool[] = [];
