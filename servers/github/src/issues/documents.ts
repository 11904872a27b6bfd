/** Issues alone, newest first unless asked otherwise; REST mixes them with pull requests. */
export const LIST_ISSUES = `query ListIssues(
  $owner: String!, $repo: String!, $first: Int!, $after: String, $orderBy: IssueOrder!, $filterBy: IssueFilters!
) {
  repository(owner: $owner, name: $repo) {
    issues(first: $first, after: $after, orderBy: $orderBy, filterBy: $filterBy) {
      nodes {
        number
        title
        body
        state
        stateReason
        url
        author { login }
        labels(first: 100) { nodes { name } }
        assignees(first: 10) { nodes { login } }
        comments { totalCount }
        createdAt
        updatedAt
      }
      totalCount
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

/** An issue as {@link LIST_ISSUES} gives it. */
export interface ListedIssue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: string;
  readonly stateReason: string | null;
  readonly url: string;
  readonly author: { readonly login: string } | null;
  readonly labels: { readonly nodes: readonly { readonly name: string }[] } | null;
  readonly assignees: { readonly nodes: readonly { readonly login: string }[] };
  readonly comments: { readonly totalCount: number };
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What is around an issue: its parent, how many issues are below it, the pull requests that will close it. */
export const ISSUE_RELATIONS = `query IssueRelations($owner: String!, $repo: String!, $number: Int!) {
  repository(owner: $owner, name: $repo) {
    issue(number: $number) {
      parent { number title state url author { login } repository { nameWithOwner } }
      subIssuesSummary { total completed percentCompleted }
      closedByPullRequestsReferences(first: 5, includeClosedPrs: true) {
        totalCount
        nodes { number title state url author { login } repository { nameWithOwner } }
      }
    }
  }
}`;

/** An issue or a pull request that another one points to, maybe of another repository. */
export interface Reference {
  readonly number: number;
  readonly title: string;
  readonly state: string;
  readonly url: string;
  readonly author: { readonly login: string } | null;
  readonly repository: { readonly nameWithOwner: string };
}

/** What {@link ISSUE_RELATIONS} says of an issue. */
export interface Relations {
  readonly parent: Reference | null;
  readonly subIssuesSummary: {
    readonly total: number;
    readonly completed: number;
    readonly percentCompleted: number;
  };
  readonly closedByPullRequestsReferences: {
    readonly totalCount: number;
    readonly nodes: readonly Reference[];
  } | null;
}

/** Closes an issue as the duplicate of another, which REST cannot. */
export const CLOSE_AS_DUPLICATE = `mutation CloseAsDuplicate($issueId: ID!, $duplicateIssueId: ID!) {
  closeIssue(input: { issueId: $issueId, duplicateIssueId: $duplicateIssueId, stateReason: DUPLICATE }) {
    issue { number url }
  }
}`;
