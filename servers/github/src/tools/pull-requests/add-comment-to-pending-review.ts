import { s } from "@portico/core";
import { addThread } from "../../pulls/reviews.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";

const side = s.optional(s.enum(["LEFT", "RIGHT"]));

/** Adds a comment to the user's own pending review. */
export const addCommentToPendingReview = githubTool({
  name: "add_comment_to_pending_review",
  toolset: "pull_requests",
  isRare: true,
  description: "Comment in your pending review.",
  effect: "writes",
  scopes: ["repo", "public_repo"],
  input: s.object({
    owner,
    repo,
    pullNumber: s.integer(),
    path: s.string(),
    body: s.string(),
    subjectType: s.enum(["FILE", "LINE"]),
    line: s.optional(s.integer()),
    side,
    startLine: s.optional(s.integer()),
    startSide: side,
  }),
  output: thing,
  async run({ owner, repo, pullNumber, ...thread }, github) {
    return { data: await addThread(github, { owner, repo, pull_number: pullNumber }, thread) };
  },
});
