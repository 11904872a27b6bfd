import type { GitHubTool } from "../shared/github-tool.ts";

/** The tools of the toolset `secret_protection`. */
export const secretProtectionTools: readonly GitHubTool[] = [];
