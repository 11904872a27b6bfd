import type { GitHubTool } from "../shared/github-tool.ts";

/** The tools of the toolset `copilot_issue_intents`. */
export const copilotIssueIntentsTools: readonly GitHubTool[] = [];
