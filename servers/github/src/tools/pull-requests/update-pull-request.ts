import { s } from "@portico/core";
import { afterwards } from "../../api/afterwards.ts";
import { GitHubError } from "../../api/error.ts";
import type { GitHub } from "../../api/github.ts";
import { MAKE_DRAFT, MARK_READY } from "../../pulls/documents.ts";
import { requestReviewers } from "../../pulls/reviewers.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";

/** Changes a pull request. */
export const updatePullRequest = githubTool({
  name: "update_pull_request",
  toolset: "pull_requests",
  description: "Update a pull request.",
  effect: "writes",
  scopes: ["repo", "public_repo"],
  input: s.object({
    owner,
    repo,
    pullNumber: s.integer(),
    title: s.optional(s.string()),
    body: s.optional(s.string()),
    state: s.optional(s.enum(["open", "closed"])),
    base: s.optional(s.string()),
    draft: s.optional(s.boolean()),
    maintainer_can_modify: s.optional(s.boolean()),
    reviewers: s.optional(s.array(s.string())),
  }),
  output: thing,
  async run({ owner, repo, pullNumber, draft, reviewers = [], ...change }, github) {
    const isChange = Object.values(change).some((value) => value !== undefined);
    if (!isChange && draft === undefined && reviewers.length === 0) {
      throw new GitHubError("Say what to change: title, body, state, base, draft or reviewers.");
    }
    const place = { owner, repo, pull_number: pullNumber };
    const { data } = isChange
      ? await github.rest.pulls.update({ ...place, ...change })
      : await github.rest.pulls.get(place);
    const further = async () => {
      if (draft !== undefined && draft !== data.draft) await setDraft(github, data.node_id, draft);
      await requestReviewers(github, place, reviewers);
    };
    await (isChange ? afterwards(`Pull request #${pullNumber} was updated`, further) : further());
    return { data: { number: data.number, html_url: data.html_url, state: data.state } };
  },
});

async function setDraft(github: GitHub, id: string, isDraft: boolean): Promise<void> {
  await github.graphql(isDraft ? MAKE_DRAFT : MARK_READY, { id });
}
