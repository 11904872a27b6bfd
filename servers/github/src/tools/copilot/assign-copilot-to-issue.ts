import { s } from "@portico/core";
import { githubTool } from "../shared/github-tool.ts";
import { thing } from "../shared/outputs.ts";
import { assignCopilot } from "./assign.ts";
import { assignment, startOf } from "./inputs.ts";

/** Gives an issue to the coding agent. */
export const assignCopilotToIssue = githubTool({
  name: "assign_copilot_to_issue",
  toolset: "copilot",
  description: "Assign an issue to Copilot, which works on it and opens a pull request.",
  effect: "writes",
  scopes: ["repo"],
  input: s.object(assignment),
  output: thing,
  async run({ owner, repo, issue_number, ...start }, github) {
    const place = { owner, repo };
    const html_url = await assignCopilot(github, place, issue_number, startOf(start));
    return {
      data: { issue_number, html_url, assigned: true },
      note: "The pull request comes in a minute or so.",
      from: [],
    };
  },
});
