/** The review threads of a pull request with their comments. */
export const REVIEW_THREADS = `query ReviewThreads(
  $owner: String!, $repo: String!, $number: Int!, $first: Int!, $after: String
) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      author { login }
      reviewThreads(first: $first, after: $after) {
        nodes {
          id
          isResolved
          isOutdated
          isCollapsed
          path
          line
          comments(first: 100) {
            nodes { id fullDatabaseId body author { login } createdAt updatedAt url }
            totalCount
          }
        }
        totalCount
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

/** A comment of a review thread. */
export interface ThreadComment {
  readonly id: string;
  /** A decimal number: it may be larger than JavaScript counts. */
  readonly fullDatabaseId: string | null;
  readonly body: string;
  readonly author: { readonly login: string } | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly url: string;
}

/** A thread as {@link REVIEW_THREADS} gives it. */
export interface Thread {
  readonly id: string;
  readonly isResolved: boolean;
  readonly isOutdated: boolean;
  readonly isCollapsed: boolean;
  readonly path: string;
  readonly line: number | null;
  readonly comments: { readonly nodes: readonly ThreadComment[]; readonly totalCount: number };
}

/** The node id of a pull request, and the viewer's own pending review of it: nobody else's is shown. */
export const PENDING_REVIEW = `query PendingReview($owner: String!, $repo: String!, $number: Int!) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      id
      reviews(last: 1, states: [PENDING]) { nodes { id } }
    }
  }
}`;

/** Publishes a pending review. */
export const SUBMIT_REVIEW = `mutation SubmitReview($input: SubmitPullRequestReviewInput!) {
  submitPullRequestReview(input: $input) { pullRequestReview { id state url } }
}`;

/** Throws a pending review away. */
export const DELETE_REVIEW = `mutation DeleteReview($input: DeletePullRequestReviewInput!) {
  deletePullRequestReview(input: $input) { pullRequestReview { id } }
}`;

/** Adds a comment to a pending review. */
export const ADD_THREAD = `mutation AddThread($input: AddPullRequestReviewThreadInput!) {
  addPullRequestReviewThread(input: $input) { thread { id path line } }
}`;

/** Which pull request a thread belongs to. */
export const THREAD_PLACE = `query ThreadPlace($id: ID!) {
  node(id: $id) {
    ... on PullRequestReviewThread { pullRequest { number } repository { nameWithOwner } }
  }
}`;

/** Closes a thread. */
export const RESOLVE_THREAD = `mutation ResolveThread($threadId: ID!) {
  resolveReviewThread(input: { threadId: $threadId }) { thread { id isResolved } }
}`;

/** Opens a thread again. */
export const UNRESOLVE_THREAD = `mutation UnresolveThread($threadId: ID!) {
  unresolveReviewThread(input: { threadId: $threadId }) { thread { id isResolved } }
}`;

/** Makes a draft ready for review, which REST cannot. */
export const MARK_READY = `mutation MarkReady($id: ID!) {
  markPullRequestReadyForReview(input: { pullRequestId: $id }) { pullRequest { isDraft } }
}`;

/** Makes a pull request a draft, which REST cannot. */
export const MAKE_DRAFT = `mutation MakeDraft($id: ID!) {
  convertPullRequestToDraft(input: { pullRequestId: $id }) { pullRequest { isDraft } }
}`;
