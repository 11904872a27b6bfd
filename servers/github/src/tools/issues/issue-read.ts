import { s } from "@portico/core";
import { RemoteError } from "@portico/remote-api";
import { GitHubError } from "../../api/error.ts";
import type { GitHub, Repository } from "../../api/github.ts";
import type { Json, JsonMembers } from "../../api/json.ts";
import { nextPage } from "../../api/next-page.ts";
import { stated } from "../../api/stated.ts";
import { outside } from "../../bounds/stay-inside.ts";
import { ISSUE_RELATIONS, type Reference, type Relations } from "../../issues/documents.ts";
import {
  commentShape,
  issueShape,
  type RestIssue,
  referenceShape,
  repositoryOf,
  withRepository,
} from "../../issues/shapes.ts";
import { shownElsewhere } from "../shared/elsewhere.ts";
import { type Answer, githubTool, type ToolCall } from "../shared/github-tool.ts";
import { owner, page, perPage, repo, USUAL_PER_PAGE } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";
import { withheldError, withheldNote } from "../shared/withheld.ts";

/** Which issue, and which page of what belongs to it. */
type Place = {
  readonly owner: string;
  readonly repo: string;
  readonly issue_number: number;
  readonly page?: number;
  readonly per_page: number;
};

type Read = (place: Place, github: GitHub, call: ToolCall) => Promise<Answer>;

const READS = {
  get: getIssue,
  get_comments: getComments,
  get_sub_issues: getSubIssues,
  get_parent: getParent,
  get_labels: getLabels,
} satisfies Record<string, Read>;

/** Reads one issue or what belongs to it. */
export const issueRead = githubTool({
  name: "issue_read",
  toolset: "issues",
  description: "Get an issue, or its comments, sub-issues, parent or labels.",
  effect: "reads",
  scopes: ["repo"],
  input: s.object({
    method: s.enum(["get", "get_comments", "get_sub_issues", "get_parent", "get_labels"]),
    owner,
    repo,
    issue_number: s.integer(),
    page,
    perPage,
  }),
  output: thing,
  list: "items",
  run: ({ method, perPage: per_page = USUAL_PER_PAGE, ...rest }, github, call) =>
    READS[method]({ ...rest, per_page }, github, call),
});

async function getIssue(place: Place, github: GitHub, call: ToolCall): Promise<Answer> {
  const { data } = await github.rest.issues.get(numbered(place));
  if (!(await call.mayShow(place, data.user?.login))) throw withheldError("issue");
  const found = await relationsOf(place, github);
  if (!found) return { data: issueShape(data) };
  const { shape, from } = await relationsShape(found, call);
  return { data: { ...issueShape(data), ...shape }, from: [place, ...from] };
}

/** What is around the issue. Not every GitHub knows of it, and the issue is worth having without. */
async function relationsOf(
  { owner, repo, issue_number: number }: Place,
  github: GitHub,
): Promise<Relations | undefined> {
  try {
    const { repository } = await github.graphql<{ repository: { issue: Relations } }>(
      ISSUE_RELATIONS,
      { owner, repo, number },
    );
    return repository.issue;
  } catch (error) {
    if (error instanceof GitHubError || error instanceof RemoteError) return undefined;
    throw error;
  }
}

async function relationsShape(
  { parent, subIssuesSummary: below, closedByPullRequestsReferences: closing }: Relations,
  call: ToolCall,
): Promise<{ readonly shape: JsonMembers; readonly from: Repository[] }> {
  // What an issue refers to may be of any repository.
  const shown = (references: readonly Reference[]) =>
    shownElsewhere(references, homeOf, ({ author }) => author?.login, call);
  const above = await shown(parent ? [parent] : []);
  const closers = await shown(closing?.nodes ?? []);
  const closedBy: JsonMembers | null = closing && {
    total_count: closing.totalCount,
    references: closers.kept.map(referenceShape),
  };
  const shape = stated<Json | undefined>({
    has_parent: parent !== null,
    has_children: below.total > 0,
    parent: above.kept.map(referenceShape)[0],
    sub_issues_summary: below.total > 0 ? summary(below) : undefined,
    closed_by_pull_requests: closedBy,
  });
  return { shape, from: [...above.from, ...closers.from] };
}

function summary(below: Relations["subIssuesSummary"]): JsonMembers {
  const { total, completed, percentCompleted } = below;
  return { total, completed, percent_completed: percentCompleted };
}

async function getComments(place: Place, github: GitHub, call: ToolCall): Promise<Answer> {
  const { data, headers } = await github.rest.issues.listComments(place);
  const { kept, withheld } = await call.shown(place, data, ({ user }) => user?.login);
  const items = kept.map(commentShape);
  return { data: { items, ...nextPage(headers) }, note: withheldNote(withheld) };
}

async function getSubIssues(place: Place, github: GitHub, call: ToolCall): Promise<Answer> {
  const { data, headers } = await github.rest.issues.listSubIssues(place);
  const { kept, withheld, from } = await shownElsewhere<RestIssue>(
    data,
    ({ repository_url }) => repositoryOf(repository_url ?? ""),
    ({ user }) => user?.login,
    call,
  );
  return {
    data: { items: kept.map(withRepository), ...nextPage(headers) },
    note: withheldNote(withheld),
    from: [place, ...from],
  };
}

async function getParent(place: Place, github: GitHub, call: ToolCall): Promise<Answer> {
  const parent = await parentOf(place, github);
  if (!parent) return { data: { parent: null } };
  const home = repositoryOf(parent.repository_url ?? "");
  if (!call.admits(home.owner, home.repo)) throw outside();
  if (!(await call.mayShow(home, parent.user?.login))) throw withheldError("parent");
  return { data: { parent: withRepository(parent) }, from: [place, home] };
}

async function parentOf(place: Place, github: GitHub): Promise<RestIssue | undefined> {
  try {
    return (await github.rest.issues.getParent(numbered(place))).data;
  } catch (error) {
    if (error instanceof GitHubError && error.status === 404) return undefined;
    throw error;
  }
}

async function getLabels(place: Place, github: GitHub): Promise<Answer> {
  const { data, headers } = await github.rest.issues.listLabelsOnIssue(place);
  const items = data.map(({ id, name, color, description }) =>
    stated({ id: Number(id), name, color, description }),
  );
  return { data: { items, ...nextPage(headers) } };
}

function homeOf({ repository }: Reference): Repository {
  return repositoryOf(repository.nameWithOwner);
}

function numbered({ owner, repo, issue_number }: Place) {
  return { owner, repo, issue_number };
}
