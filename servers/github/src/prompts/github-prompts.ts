import type { PromptValue } from "@portico/core";
import type { Deps } from "../deps.ts";
import { assignCodingAgent } from "./assign-coding-agent.ts";
import { codeReview } from "./code-review.ts";
import { issueToFixWorkflow } from "./issue-to-fix-workflow.ts";
import { projectContext } from "./project-context.ts";

/** What people ask of a repository again and again. */
export const gitHubPrompts: readonly PromptValue<Deps>[] = [
  issueToFixWorkflow,
  assignCodingAgent,
  codeReview,
  projectContext,
];
