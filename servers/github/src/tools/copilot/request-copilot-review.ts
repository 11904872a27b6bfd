import { s } from "@portico/core";
import { GitHubError } from "../../api/error.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";

const REVIEWER = "copilot-pull-request-reviewer[bot]";

/** GitHub says only that there is no such thing where something is missing to ask for a review. */
const REFUSALS = new Set([403, 404, 422]);

/** Asks Copilot for a review. */
export const requestCopilotReview = githubTool({
  name: "request_copilot_review",
  toolset: "copilot",
  description: "Ask Copilot to review a pull request.",
  effect: "writes",
  scopes: ["repo"],
  input: s.object({ owner, repo, pullNumber: s.integer({ minimum: 1 }) }),
  output: thing,
  async run({ owner, repo, pullNumber }, { rest }) {
    const ask = { owner, repo, pull_number: pullNumber, reviewers: [REVIEWER] };
    const { data } = await rest.pulls.requestReviewers(ask).catch((error: unknown) => {
      throw withReason(error);
    });
    return {
      data: { pull_number: pullNumber, html_url: data.html_url, requested: true },
      from: [],
    };
  },
});

function withReason(error: unknown): unknown {
  const isRefusal = error instanceof GitHubError && REFUSALS.has(error.status ?? 0);
  if (!isRefusal) return error;
  return new GitHubError(
    `${error.message} Asking for a review needs push access, even to one's own pull request, and Copilot code review in the repository.`,
    error.status,
  );
}
