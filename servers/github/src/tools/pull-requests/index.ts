import type { GitHubTool } from "../shared/github-tool.ts";
import { addCommentToPendingReview } from "./add-comment-to-pending-review.ts";
import { addReplyToPullRequestComment } from "./add-reply-to-pull-request-comment.ts";
import { archivedReads, createPullRequestReview } from "./archived.ts";
import { createPullRequest } from "./create-pull-request.ts";
import { listPullRequests } from "./list-pull-requests.ts";
import { mergePullRequest } from "./merge-pull-request.ts";
import { pullRequestRead } from "./pull-request-read.ts";
import { pullRequestReviewWrite } from "./pull-request-review-write.ts";
import { searchPullRequests } from "./search-pull-requests.ts";
import { updatePullRequest } from "./update-pull-request.ts";
import { updatePullRequestBranch } from "./update-pull-request-branch.ts";

/** The tools of the toolset `pull_requests`. */
export const pullRequestsTools: readonly GitHubTool[] = [
  pullRequestRead,
  listPullRequests,
  searchPullRequests,
  createPullRequest,
  updatePullRequest,
  updatePullRequestBranch,
  mergePullRequest,
  pullRequestReviewWrite,
  addCommentToPendingReview,
  addReplyToPullRequestComment,
  createPullRequestReview,
  ...archivedReads,
];
