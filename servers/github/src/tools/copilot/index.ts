import type { GitHubTool } from "../shared/github-tool.ts";

/** The tools of the toolset `copilot`. */
export const copilotTools: readonly GitHubTool[] = [];
