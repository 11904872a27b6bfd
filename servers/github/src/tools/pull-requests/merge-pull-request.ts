import { s } from "@portico/core";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";

/** Merges a pull request, once the user agreed. */
export const mergePullRequest = githubTool({
  name: "merge_pull_request",
  toolset: "pull_requests",
  description: "Merge a pull request. Asks the user first.",
  effect: "destroys",
  scopes: ["repo", "public_repo"],
  input: s.object({
    owner,
    repo,
    pullNumber: s.integer(),
    merge_method: s.optional(s.enum(["merge", "squash", "rebase"])),
    sha: s.optional(s.string({ description: "Head it must still have" })),
    commit_title: s.optional(s.string()),
    commit_message: s.optional(s.string()),
  }),
  output: thing,
  spellings: { pull_number: "pullNumber" },
  question: ({ owner, repo, pullNumber, merge_method: how = "merge" }) =>
    `Merge ${owner}/${repo}#${pullNumber}${how === "merge" ? "" : ` (${how})`}?`,
  async run({ pullNumber: pull_number, ...args }, github) {
    const { data } = await github.rest.pulls.merge({ ...args, pull_number });
    return { data: { sha: data.sha, merged: data.merged, message: data.message } };
  },
});
