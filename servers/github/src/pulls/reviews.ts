import { GitHubError } from "../api/error.ts";
import type { GitHub } from "../api/github.ts";
import type { JsonMembers } from "../api/json.ts";
import {
  ADD_THREAD,
  DELETE_REVIEW,
  PENDING_REVIEW,
  RESOLVE_THREAD,
  SUBMIT_REVIEW,
  THREAD_PLACE,
  UNRESOLVE_THREAD,
} from "./documents.ts";
import type { PullPlace } from "./reviewers.ts";

/** What a review comes to. */
export type ReviewEvent = "APPROVE" | "REQUEST_CHANGES" | "COMMENT";

/** A review that begins. */
export interface NewReview {
  readonly body?: string | undefined;
  /** Without one the review stays pending. */
  readonly event?: ReviewEvent | undefined;
  readonly commit_id?: string | undefined;
  readonly comments?: readonly Readonly<Record<string, unknown>>[] | undefined;
}

/** A comment for a pending review. */
export interface NewThread {
  readonly path: string;
  readonly body: string;
  readonly subjectType: "FILE" | "LINE";
  readonly line?: number;
  readonly side?: "LEFT" | "RIGHT";
  readonly startLine?: number;
  readonly startSide?: "LEFT" | "RIGHT";
}

/** Begins a review, and publishes it at once where it comes to something. */
export async function createReview(
  github: GitHub,
  place: PullPlace,
  review: NewReview,
): Promise<JsonMembers> {
  const said = Object.entries({ ...review, body: review.body ?? "" }).filter(
    ([, value]) => value !== undefined,
  );
  const { data } = await github.request("POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews", {
    ...place,
    ...Object.fromEntries(said),
  });
  return { id: Number(data.id), state: data.state, html_url: data.html_url };
}

/** Publishes the pending review. */
export async function submitPending(
  github: GitHub,
  place: PullPlace,
  event: ReviewEvent,
  body: string | undefined,
): Promise<JsonMembers> {
  const pullRequestReviewId = await pendingReview(github, place);
  const { submitPullRequestReview: submitted } = await github.graphql<{
    submitPullRequestReview: { pullRequestReview: { state: string; url: string } };
  }>(SUBMIT_REVIEW, { input: { pullRequestReviewId, event, body } });
  const { state, url } = submitted.pullRequestReview;
  return { state, html_url: url };
}

/** Throws the pending review away with its comments. */
export async function deletePending(github: GitHub, place: PullPlace): Promise<JsonMembers> {
  const pullRequestReviewId = await pendingReview(github, place);
  await github.graphql(DELETE_REVIEW, { input: { pullRequestReviewId } });
  return { deleted: true };
}

/** Adds a comment to the pending review. */
export async function addThread(
  github: GitHub,
  place: PullPlace,
  thread: NewThread,
): Promise<JsonMembers> {
  const pullRequestReviewId = await pendingReview(github, place);
  const added = await github.graphql<{
    addPullRequestReviewThread: { thread: { id: string } | null };
  }>(ADD_THREAD, { input: { pullRequestReviewId, ...thread } });
  const { thread: made } = added.addPullRequestReviewThread;
  // GitHub answers with no thread where the line is not part of the diff.
  if (made) return { thread_id: made.id };
  throw new GitHubError("Nothing was added: the path or the line is not part of the diff.");
}

/**
 * Closes a thread, or opens it again.
 * @throws {GitHubError} when the thread is not one of this pull request, whatever its id says
 */
export async function setResolved(
  github: GitHub,
  place: PullPlace,
  threadId: string,
  isResolved: boolean,
): Promise<JsonMembers> {
  const { node } = await github.graphql<{ node: ThreadPlace | null }>(THREAD_PLACE, {
    id: threadId,
  });
  const home = node?.repository?.nameWithOwner.toLowerCase();
  const isHere = home === `${place.owner}/${place.repo}`.toLowerCase();
  if (!isHere || node?.pullRequest?.number !== place.pull_number) {
    throw new GitHubError(
      `The thread is not one of ${place.owner}/${place.repo}#${place.pull_number}; pull_request_read with get_review_comments lists those.`,
    );
  }
  await github.graphql(isResolved ? RESOLVE_THREAD : UNRESOLVE_THREAD, { threadId });
  return { thread_id: threadId, is_resolved: isResolved };
}

interface ThreadPlace {
  readonly pullRequest?: { readonly number: number };
  readonly repository?: { readonly nameWithOwner: string };
}

async function pendingReview(github: GitHub, place: PullPlace): Promise<string> {
  const { owner, repo, pull_number: number } = place;
  const { repository } = await github.graphql<{
    repository: { pullRequest: { reviews: { nodes: { id: string }[] } } };
  }>(PENDING_REVIEW, { owner, repo, number });
  const [pending] = repository.pullRequest.reviews.nodes;
  if (pending) return pending.id;
  throw new GitHubError(
    "You have no pending review here; begin one with pull_request_review_write, method create, without an event.",
  );
}
