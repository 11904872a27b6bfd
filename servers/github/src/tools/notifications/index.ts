import type { GitHubTool } from "../shared/github-tool.ts";

/** The tools of the toolset `notifications`. */
export const notificationsTools: readonly GitHubTool[] = [];
