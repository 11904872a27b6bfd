import { type Schema, s } from "@portico/core";
import { GitHubError } from "../../api/error.ts";
import type { GitHub } from "../../api/github.ts";
import type { JsonMembers } from "../../api/json.ts";
import type { Reaction } from "../issues/add-issue-comment.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";

/** One of those add_issue_comment names; GitHub refuses any other. */
const reactionName = s.string() as Schema<Reaction>;

/** Replies to a comment of a review, or reacts to it. */
export const addReplyToPullRequestComment = githubTool({
  name: "add_reply_to_pull_request_comment",
  toolset: "pull_requests",
  description: "Reply or react to a review comment.",
  effect: "writes",
  scopes: ["repo", "public_repo"],
  input: s.object({
    owner,
    repo,
    pullNumber: s.optional(s.integer()),
    commentId: s.integer(),
    body: s.optional(s.string()),
    reaction: s.optional(reactionName),
  }),
  output: thing,
  async run({ pullNumber, body, reaction: content, commentId, ...place }, github) {
    if (body === undefined && content === undefined) {
      throw new GitHubError("Give a body, a reaction or both.");
    }
    const comment = { ...place, comment_id: commentId };
    const written = body === undefined ? {} : await reply(github, comment, pullNumber, body);
    if (content === undefined) return { data: written };
    await github.rest.reactions.createForPullRequestReviewComment({ ...comment, content });
    return { data: { ...written, reaction: content } };
  },
});

async function reply(
  github: GitHub,
  comment: { readonly owner: string; readonly repo: string; readonly comment_id: number },
  pull_number: number | undefined,
  body: string,
): Promise<JsonMembers> {
  if (pull_number === undefined) throw new GitHubError("A reply needs pullNumber.");
  const { data } = await github.rest.pulls.createReplyForReviewComment({
    ...comment,
    pull_number,
    body,
  });
  return { id: Number(data.id), html_url: data.html_url };
}
