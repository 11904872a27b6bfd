import { s } from "@portico/core";
import { afterwards } from "../../api/afterwards.ts";
import { requestReviewers } from "../../pulls/reviewers.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";

/** Opens a pull request. */
export const createPullRequest = githubTool({
  name: "create_pull_request",
  toolset: "pull_requests",
  description: "Open a pull request.",
  effect: "writes",
  scopes: ["repo", "public_repo"],
  input: s.object({
    owner,
    repo,
    title: s.string(),
    head: s.string(),
    base: s.string(),
    body: s.optional(s.string()),
    draft: s.optional(s.boolean()),
    maintainer_can_modify: s.optional(s.boolean()),
    reviewers: s.optional(s.array(s.string(), { description: "Logins, or org/team" })),
  }),
  output: thing,
  async run({ reviewers = [], ...args }, github) {
    const { data } = await github.rest.pulls.create(args);
    const { number, html_url, state, draft = false } = data;
    const { owner, repo } = args;
    await afterwards(`Pull request #${number} was opened (${html_url})`, () =>
      requestReviewers(github, { owner, repo, pull_number: number }, reviewers),
    );
    return { data: { number, html_url, state, draft, ...(reviewers.length > 0 && { reviewers }) } };
  },
});
