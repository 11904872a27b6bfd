import { type Output, s } from "@portico/core";
import { GitHubError } from "../../api/error.ts";
import type { GitHub } from "../../api/github.ts";
import type { JsonMembers } from "../../api/json.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";

const reaction = s.enum(["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"]);

/** One of the reactions GitHub has. */
export type Reaction = Output<typeof reaction>;

/** Comments on an issue or a pull request, or reacts to it. */
export const addIssueComment = githubTool({
  name: "add_issue_comment",
  toolset: "issues",
  description:
    "Comment on an issue or pull request, or react to it or to one of its comments (comment_id).",
  effect: "writes",
  scopes: ["repo", "public_repo"],
  input: s.object({
    owner,
    repo,
    issue_number: s.integer(),
    body: s.optional(s.string()),
    reaction: s.optional(reaction),
    comment_id: s.optional(s.integer()),
  }),
  output: thing,
  async run({ body, reaction: content, comment_id, ...issue }, github) {
    if (body === undefined && content === undefined) {
      throw new GitHubError("Give a body, a reaction or both.");
    }
    if (body !== undefined && comment_id !== undefined) {
      throw new GitHubError("comment_id is for a reaction alone; leave body out.");
    }
    const comment = body === undefined ? {} : await write(github, { ...issue, body });
    if (content === undefined) return { data: comment };
    if (comment_id === undefined) {
      await github.rest.reactions.createForIssue({ ...issue, content });
    } else {
      await reactToComment(github, { ...issue, comment_id, content });
    }
    return { data: { ...comment, reaction: content } };
  },
});

type Issue = {
  readonly owner: string;
  readonly repo: string;
  readonly issue_number: number;
};

async function write(
  github: GitHub,
  comment: Issue & { readonly body: string },
): Promise<JsonMembers> {
  const { data } = await github.rest.issues.createComment(comment);
  return { id: Number(data.id), html_url: data.html_url };
}

async function reactToComment(
  github: GitHub,
  { issue_number, ...comment }: Issue & { readonly comment_id: number; readonly content: Reaction },
): Promise<void> {
  const { owner, repo, comment_id } = comment;
  const { data } = await github.rest.issues.getComment({ owner, repo, comment_id });
  if (!data.issue_url.endsWith(`/${issue_number}`)) {
    throw new GitHubError(`The comment ${comment_id} is not one of #${issue_number}.`);
  }
  await github.rest.reactions.createForIssueComment(comment);
}
