import { s } from "@portico/core";
import { assignCopilot } from "../copilot/assign.ts";
import { assignment, startOf } from "../copilot/inputs.ts";
import { githubTool } from "../shared/github-tool.ts";
import { thing } from "../shared/outputs.ts";

const CONFIDENCE = { LOW: "low", MEDIUM: "medium", HIGH: "high" } as const;

/** Gives an issue to the coding agent, or proposes to, and says why. */
export const assignCopilotToIssueWithIntent = githubTool({
  name: "assign_copilot_to_issue_with_intent",
  toolset: "copilot_issue_intents",
  description:
    "Assign an issue to Copilot and say why, or only suggest it: then a person decides, and base_ref and custom_instructions do not count.",
  effect: "writes",
  scopes: ["repo"],
  input: s.object({
    ...assignment,
    rationale: s.string({ maxLength: 280, description: "What in the issue speaks for Copilot" }),
    confidence: s.enum(["LOW", "MEDIUM", "HIGH"]),
    is_suggestion: s.boolean(),
  }),
  output: thing,
  async run(args, github) {
    const { owner, repo, issue_number, rationale, confidence, is_suggestion: suggest } = args;
    const intent = { rationale, confidence: CONFIDENCE[confidence], suggest };
    const place = { owner, repo };
    const html_url = await assignCopilot(github, place, issue_number, startOf(args), intent);
    return { data: { issue_number, html_url, assigned: !suggest, suggested: suggest }, from: [] };
  },
});
