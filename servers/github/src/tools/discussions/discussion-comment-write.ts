import { type Output, s } from "@portico/core";
import { GitHubError } from "../../api/error.ts";
import type { GitHub } from "../../api/github.ts";
import type { JsonMembers } from "../../api/json.ts";
import {
  addComment,
  type CommentPlace,
  deleteComment,
  discussionId,
  placeOfComment,
  setAnswer,
  updateComment,
} from "../../discussions/write.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";

const input = s.object({
  method: s.enum(["add", "reply", "update", "delete", "mark_answer", "unmark_answer"]),
  owner,
  repo,
  discussionNumber: s.optional(s.integer({ description: "For add" })),
  commentNodeID: s.optional(s.string({ description: "For all but add" })),
  body: s.optional(s.string()),
});

type Arguments = Output<typeof input>;

/** Writes comments of discussions. */
export const discussionCommentWrite = githubTool({
  name: "discussion_comment_write",
  toolset: "discussions",
  description: "Add, reply to, update or delete a comment of a discussion, or make it the answer.",
  effect: "destroys",
  scopes: ["repo", "public_repo"],
  input,
  output: thing,
  effectOf: ({ method }) => (method === "delete" ? "destroys" : "writes"),
  question: ({ owner, repo, commentNodeID }) =>
    `Delete the comment ${commentNodeID} of a discussion of ${owner}/${repo}?`,
  run: async (args, github) => ({ data: await write(args, github) }),
});

async function write(args: Arguments, github: GitHub): Promise<JsonMembers> {
  const { method, commentNodeID: id } = args;
  if (method === "add") {
    if (args.discussionNumber === undefined) throw new GitHubError("Give discussionNumber.");
    const body = bodyOf(args);
    return addComment(github, await discussionId(github, args, args.discussionNumber), body);
  }
  if (id === undefined) throw new GitHubError(`Which comment? ${method} needs commentNodeID.`);
  const body = method === "reply" || method === "update" ? bodyOf(args) : "";
  const { discussionId: discussion } = await checked(id, args, github);
  if (method === "reply") return addComment(github, discussion, body, id);
  if (method === "update") return updateComment(github, id, body);
  if (method === "delete") return deleteComment(github, id);
  return setAnswer(github, id, method === "mark_answer");
}

/** The comment's place, once it is the repository that was named: its id alone could be of any. */
async function checked(
  id: string,
  { owner, repo }: Arguments,
  github: GitHub,
): Promise<CommentPlace> {
  const place = await placeOfComment(github, id);
  const { home } = place;
  const isHere = `${home.owner}/${home.repo}`.toLowerCase() === `${owner}/${repo}`.toLowerCase();
  if (isHere) return place;
  throw new GitHubError(`The comment is not one of a discussion of ${owner}/${repo}.`);
}

function bodyOf({ method, body }: Arguments): string {
  if (body !== undefined && body !== "") return body;
  throw new GitHubError(`${method} needs a body.`);
}
