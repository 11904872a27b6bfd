import { jsonSchema, type Output, s } from "@portico/core";
import { GitHubError } from "../../api/error.ts";
import type { GitHub } from "../../api/github.ts";
import type { JsonMembers } from "../../api/json.ts";
import { createReview, deletePending, setResolved, submitPending } from "../../pulls/reviews.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";

/** Its `path`, `line` and `body`, which GitHub checks. */
const comment = jsonSchema<Readonly<Record<string, unknown>>>({ type: "object" });

const input = s.object({
  method: s.enum([
    "create",
    "submit_pending",
    "delete_pending",
    "resolve_thread",
    "unresolve_thread",
  ]),
  owner,
  repo,
  pullNumber: s.integer(),
  body: s.optional(s.string()),
  event: s.optional(s.enum(["APPROVE", "REQUEST_CHANGES", "COMMENT"])),
  commitID: s.optional(s.string()),
  comments: s.optional(s.array(comment, { description: "Each path, line and body" })),
  threadId: s.optional(s.string()),
});

/** Writes reviews of a pull request and closes their threads. */
export const pullRequestReviewWrite = githubTool({
  name: "pull_request_review_write",
  toolset: "pull_requests",
  description: "Write a review (pending without event) or resolve a thread.",
  effect: "destroys",
  scopes: ["repo", "public_repo"],
  input,
  output: thing,
  effectOf: ({ method }) => (method === "delete_pending" ? "destroys" : "writes"),
  question: ({ owner, repo, pullNumber }) =>
    `Delete your pending review of ${owner}/${repo}#${pullNumber} with its comments?`,
  run: async (args, github) => ({ data: await write(args, github) }),
});

function write(args: Output<typeof input>, github: GitHub): Promise<JsonMembers> {
  const { owner, repo, pullNumber, body, event, threadId, commitID: commit_id, comments } = args;
  const place = { owner, repo, pull_number: pullNumber };
  switch (args.method) {
    case "create":
      return createReview(github, place, { body, event, commit_id, comments });
    case "submit_pending":
      if (event === undefined) throw new GitHubError("Submitting a review needs an event.");
      return submitPending(github, place, event, body);
    case "delete_pending":
      return deletePending(github, place);
    case "resolve_thread":
    case "unresolve_thread":
      if (threadId === undefined) throw new GitHubError("Which thread? Give its threadId.");
      return setResolved(github, place, threadId, args.method === "resolve_thread");
  }
}
