import type { GitHubTool } from "../shared/github-tool.ts";
import { assignCopilotToIssueWithIntent } from "./assign-copilot-to-issue-with-intent.ts";

/** The tools of the toolset `copilot_issue_intents`. */
export const copilotIssueIntentsTools: readonly GitHubTool[] = [assignCopilotToIssueWithIntent];
