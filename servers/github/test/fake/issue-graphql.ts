import { type Answers, connection, FakeRefusal } from "./graphql.ts";
import { type FakeComment, type FakeIssue, fromNodeId, nodeId, Tracker } from "./tracker.ts";

const AT = "2026-01-02T03:04:05Z";

/** A repository as GraphQL begins with it. */
export interface Home {
  readonly __typename: "Repository";
  readonly home: string;
  readonly isPrivate: boolean;
  readonly nameWithOwner: string;
}

/** Repositories and their issues over GraphQL. */
export const issueAnswers: Answers = {
  Query: {
    viewer: (_source, _args, { user }) => ({ __typename: "User", login: user.login }),
    repository: (_source, { owner, name }, { user, world }) => {
      const place = world.seenBy(user, owner, name);
      if (place) return homeOf(`${place.owner}/${place.name}`, place.private);
      throw new FakeRefusal(
        "NOT_FOUND",
        `Could not resolve to a Repository with the name '${owner}/${name}'.`,
      );
    },
  },
  Repository: {
    issues: ({ home }: Home, { filterBy = {}, ...page }, { world }) => {
      const { states, labels } = filterBy;
      const issues = world
        .of(Tracker)
        .of(home)
        .filter(({ pull }) => !pull)
        .filter(({ state }) => !states || states.includes(state.toUpperCase()))
        .filter((issue) => !labels || labels.every((name: string) => issue.labels.includes(name)));
      return connection(issues.toReversed().map(issueNode), page);
    },
    issue: ({ home }: Home, { number }, { world }) => {
      const issue = world
        .of(Tracker)
        .of(home)
        .find((one) => one.number === number);
      if (issue && !issue.pull) return issueNode(issue);
      throw new FakeRefusal(
        "NOT_FOUND",
        `Could not resolve to an issue with the number ${number}.`,
      );
    },
  },
  Issue: {
    parent: ({ issue }, _args, { world }) => {
      const parent = world.of(Tracker).parentOf(issue);
      return parent ? issueNode(parent) : null;
    },
    closedByPullRequestsReferences: ({ issue }, page, { world }) => {
      const closing = world
        .of(Tracker)
        .issues.filter(
          ({ pull, body }) => pull && body.includes(`Closes ${issue.home}#${issue.number}`),
        );
      return connection(closing.map(pullNode), page);
    },
  },
  Mutation: {
    closeIssue: (_source, { input }, { world }) => {
      const issue = issueByNode(world.of(Tracker), "I", input.issueId);
      const duplicate = issueByNode(world.of(Tracker), "I", input.duplicateIssueId);
      Object.assign(issue, {
        state: "closed",
        stateReason: input.stateReason.toLowerCase(),
        duplicateOf: duplicate.number,
      });
      return { issue: issueNode(issue) };
    },
  },
};

/**
 * The issue or pull request a node id stands for.
 * @throws {FakeRefusal} when there is none
 */
export function issueByNode(tracker: Tracker, kind: "I" | "PR", node: string): FakeIssue {
  const id = fromNodeId(kind, node);
  const issue = tracker.issues.find((one) => one.id === id);
  if (issue) return issue;
  throw new FakeRefusal(
    "NOT_FOUND",
    `Could not resolve to a node with the global id of '${node}'.`,
  );
}

/** A repository for GraphQL. */
export function homeOf(home: string, isPrivate = false): Home {
  return { __typename: "Repository", home, isPrivate, nameWithOwner: home };
}

/** Somebody for GraphQL; nobody when the account is gone. */
export function actor(login: string | null): object | null {
  return login === null ? null : { __typename: "User", login };
}

/** What issues and pull requests have in common. */
function node(issue: FakeIssue) {
  return {
    issue,
    number: issue.number,
    title: issue.title,
    body: issue.body,
    author: actor(issue.author),
    repository: homeOf(issue.home),
    createdAt: AT,
    updatedAt: AT,
    labels: (page: object) =>
      connection(
        issue.labels.map((name) => ({ name })),
        page,
      ),
    assignees: (page: object) =>
      connection(
        issue.assignees.map((login) => ({ login })),
        page,
      ),
    comments: (page: object) => connection(issue.comments, page),
  };
}

function issueNode(issue: FakeIssue): object {
  const closed = issue.below.filter(({ state }) => state === "closed").length;
  const total = issue.below.length;
  return {
    ...node(issue),
    __typename: "Issue",
    id: nodeId("I", issue.id),
    url: `https://github.com/${issue.home}/issues/${issue.number}`,
    state: issue.state.toUpperCase(),
    stateReason: issue.stateReason?.toUpperCase() ?? null,
    subIssuesSummary: {
      total,
      completed: closed,
      percentCompleted: total === 0 ? 0 : Math.round((100 * closed) / total),
    },
  };
}

/** A pull request for GraphQL. */
export function pullNode(issue: FakeIssue): object {
  return {
    ...node(issue),
    __typename: "PullRequest",
    id: nodeId("PR", issue.id),
    url: `https://github.com/${issue.home}/pull/${issue.number}`,
    state: issue.pull?.merged ? "MERGED" : issue.state.toUpperCase(),
    isDraft: issue.pull?.draft,
  };
}

/** A review comment for GraphQL. */
export function commentNode(comment: FakeComment): object {
  return {
    id: nodeId("PRRC", comment.id),
    fullDatabaseId: String(comment.id),
    body: comment.body,
    author: actor(comment.author),
    createdAt: AT,
    updatedAt: AT,
    url: `https://github.com/comment/${comment.id}`,
  };
}
