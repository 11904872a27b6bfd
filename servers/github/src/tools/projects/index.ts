import type { GitHubTool } from "../shared/github-tool.ts";

/** The tools of the toolset `projects`. */
export const projectsTools: readonly GitHubTool[] = [];
