import type { GitHubTool } from "../shared/github-tool.ts";

/** The tools of the toolset `stargazers`. */
export const stargazersTools: readonly GitHubTool[] = [];
