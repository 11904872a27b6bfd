import { type JsonObject, s } from "@portico/core";
import { archivedTool } from "../shared/archived-tool.ts";
import type { GitHubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { pullRequestRead } from "./pull-request-read.ts";
import { pullRequestReviewWrite } from "./pull-request-review-write.ts";

const place = { owner, repo, pull_number: s.integer() };

/** The archived server's name for a review, always published at once. */
export const createPullRequestReview = archivedTool({
  name: "create_pull_request_review",
  description: "Review a pull request.",
  effect: "writes",
  input: s.object({
    ...place,
    commit_id: s.optional(s.string()),
    body: s.string(),
    event: s.enum(["APPROVE", "REQUEST_CHANGES", "COMMENT"]),
    comments: s.optional(s.array(s.record(s.unknown()))),
  }),
  of: pullRequestReviewWrite,
  translate: ({ pull_number, commit_id, ...args }) =>
    ({
      ...args,
      method: "create",
      pullNumber: pull_number,
      ...(commit_id !== undefined && { commitID: commit_id }),
    }) as JsonObject,
});

/** Its names for what pull_request_read does. */
export const archivedReads: readonly GitHubTool[] = [
  read("get_pull_request", "Get a pull request.", "get"),
  read("get_pull_request_files", "List the files a pull request changes.", "get_files"),
  read("get_pull_request_status", "Get the status of a pull request's checks.", "get_status"),
  read(
    "get_pull_request_comments",
    "List the review comments of a pull request.",
    "get_review_comments",
  ),
  read("get_pull_request_reviews", "List the reviews of a pull request.", "get_reviews"),
];

function read(name: string, description: string, method: string): GitHubTool {
  return archivedTool({
    name,
    description,
    effect: "reads",
    input: s.object(place),
    of: pullRequestRead,
    translate: ({ pull_number, ...args }) => ({ ...args, method, pullNumber: pull_number }),
  });
}
