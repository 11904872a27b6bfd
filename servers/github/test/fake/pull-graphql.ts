import { type Answers, connection, FakeRefusal } from "./graphql.ts";
import { actor, commentNode, type Home, homeOf, issueByNode, pullNode } from "./issue-graphql.ts";
import {
  type FakeIssue,
  type FakeReview,
  type FakeThread,
  fromNodeId,
  nodeId,
  Tracker,
} from "./tracker.ts";

/** Reviews, their threads, and drafts over GraphQL. */
export const pullAnswers: Answers = {
  Query: {
    node: (_source, { id }, { world }) => {
      if (!id.startsWith("PRRT_")) return undefined;
      const { thread, issue } = threadByNode(world.of(Tracker), id);
      return threadNode(thread, issue);
    },
  },
  Repository: {
    pullRequest: ({ home }: Home, { number }, { world }) => {
      const issue = world
        .of(Tracker)
        .of(home)
        .find((one) => one.number === number);
      if (issue?.pull) return pullNode(issue);
      throw new FakeRefusal(
        "NOT_FOUND",
        `Could not resolve to a PullRequest with the number of ${number}.`,
      );
    },
  },
  PullRequest: {
    reviewThreads: ({ issue }, page) => {
      const threads = publicReviews(issue).flatMap((review) => review.threads);
      return connection(
        threads.map((thread) => threadNode(thread, issue)),
        page,
      );
    },
    reviews: ({ issue }, { states, last }, { user }) => {
      const reviews = (issue as FakeIssue).pull?.reviews ?? [];
      const seen = reviews.filter(
        ({ state, author }) =>
          (!states || states.includes(state)) && (state !== "PENDING" || author === user.login),
      );
      return connection(seen.slice(-(last ?? 100)).map(reviewNode));
    },
  },
  Mutation: {
    submitPullRequestReview: (_source, { input }, { world }) => {
      const { review } = reviewByNode(world.of(Tracker), input.pullRequestReviewId);
      const states = {
        APPROVE: "APPROVED",
        REQUEST_CHANGES: "CHANGES_REQUESTED",
        COMMENT: "COMMENTED",
      } as const;
      review.state = states[input.event as keyof typeof states];
      review.body = input.body ?? review.body;
      return { pullRequestReview: reviewNode(review) };
    },
    deletePullRequestReview: (_source, { input }, { world }) => {
      const { review, issue } = reviewByNode(world.of(Tracker), input.pullRequestReviewId);
      issue.pull?.reviews.splice(issue.pull.reviews.indexOf(review), 1);
      return { pullRequestReview: reviewNode(review) };
    },
    addPullRequestReviewThread: (_source, { input }, { user, world }) => {
      const tracker = world.of(Tracker);
      const { review, issue } = reviewByNode(tracker, input.pullRequestReviewId);
      if (!issue.pull?.files.some(({ filename }) => filename === input.path))
        return { thread: null };
      const comments = [tracker.newComment(user.login, input.body)];
      const { path, line = null } = input;
      const thread = { id: tracker.nextId(), path, line, isResolved: false, comments };
      review.threads.push(thread);
      return { thread: threadNode(thread, issue) };
    },
    resolveReviewThread: (_source, { input }, { world }) =>
      resolved(world.of(Tracker), input, true),
    unresolveReviewThread: (_source, { input }, { world }) =>
      resolved(world.of(Tracker), input, false),
    markPullRequestReadyForReview: (_source, { input }, { world }) =>
      drafted(world.of(Tracker), input, false),
    convertPullRequestToDraft: (_source, { input }, { world }) =>
      drafted(world.of(Tracker), input, true),
  },
};

function publicReviews(issue: FakeIssue): FakeReview[] {
  return (issue.pull?.reviews ?? []).filter(({ state }) => state !== "PENDING");
}

function resolved(tracker: Tracker, { threadId }: { threadId: string }, isResolved: boolean) {
  const { thread, issue } = threadByNode(tracker, threadId);
  thread.isResolved = isResolved;
  return { thread: threadNode(thread, issue) };
}

function drafted(tracker: Tracker, input: { pullRequestId: string }, isDraft: boolean) {
  const issue = issueByNode(tracker, "PR", input.pullRequestId);
  if (issue.pull) issue.pull.draft = isDraft;
  return { pullRequest: pullNode(issue) };
}

function reviewByNode(tracker: Tracker, node: string) {
  const id = fromNodeId("PRR", node);
  for (const issue of tracker.issues) {
    const review = issue.pull?.reviews.find((one) => one.id === id);
    if (review) return { review, issue };
  }
  throw new FakeRefusal(
    "NOT_FOUND",
    `Could not resolve to a node with the global id of '${node}'.`,
  );
}

function threadByNode(tracker: Tracker, node: string) {
  const id = fromNodeId("PRRT", node);
  for (const issue of tracker.issues) {
    const threads = issue.pull?.reviews.flatMap((review) => review.threads) ?? [];
    const thread = threads.find((one) => one.id === id);
    if (thread) return { thread, issue };
  }
  throw new FakeRefusal(
    "NOT_FOUND",
    `Could not resolve to a node with the global id of '${node}'.`,
  );
}

function reviewNode({ id, state, body, author }: FakeReview): object {
  return {
    id: nodeId("PRR", id),
    state,
    body,
    author: actor(author),
    url: `https://github.com/review/${id}`,
  };
}

function threadNode(thread: FakeThread, issue: FakeIssue): object {
  return {
    __typename: "PullRequestReviewThread",
    id: nodeId("PRRT", thread.id),
    isResolved: thread.isResolved,
    isOutdated: false,
    isCollapsed: thread.isResolved,
    path: thread.path,
    line: thread.line,
    pullRequest: () => pullNode(issue),
    repository: homeOf(issue.home),
    comments: (page: object) => connection(thread.comments.map(commentNode), page),
  };
}
