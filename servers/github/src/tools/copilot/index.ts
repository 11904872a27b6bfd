import type { GitHubTool } from "../shared/github-tool.ts";
import { assignCopilotToIssue } from "./assign-copilot-to-issue.ts";
import { requestCopilotReview } from "./request-copilot-review.ts";

/** The tools of the toolset `copilot`. */
export const copilotTools: readonly GitHubTool[] = [assignCopilotToIssue, requestCopilotReview];
