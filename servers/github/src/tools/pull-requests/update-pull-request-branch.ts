import { s } from "@portico/core";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";

/** Brings the base branch into a pull request's. */
export const updatePullRequestBranch = githubTool({
  name: "update_pull_request_branch",
  toolset: "pull_requests",
  isRare: true,
  description: "Merge the base into a pull request's branch.",
  effect: "writes",
  scopes: ["repo", "public_repo"],
  input: s.object({
    owner,
    repo,
    pullNumber: s.integer(),
    expectedHeadSha: s.optional(s.string()),
  }),
  output: thing,
  spellings: { pull_number: "pullNumber", expected_head_sha: "expectedHeadSha" },
  async run({ owner, repo, pullNumber: pull_number, expectedHeadSha }, github) {
    const { data } = await github.rest.pulls.updateBranch({
      owner,
      repo,
      pull_number,
      ...(expectedHeadSha !== undefined && { expected_head_sha: expectedHeadSha }),
    });
    return { data: { success: true, message: data.message ?? "" } };
  },
});
