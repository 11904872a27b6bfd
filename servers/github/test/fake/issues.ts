import { json, notFound, nothing, paged, refuse } from "./answers.ts";
import type { FakeAnswer, FakeRequest, FakeRoutes } from "./github.ts";
import { type FakeComment, type FakeIssue, issueSeenBy, nodeId, Tracker } from "./tracker.ts";

const WEB = "https://github.com";
const API = "https://api.github.com";
const AT = "2026-01-02T03:04:05Z";

/** A field that issues of every organization have here. */
export const PRIORITY = {
  id: 7,
  node_id: "IFSS_7",
  name: "Priority",
  data_type: "single_select",
  options: [
    { id: 1, name: "High", color: "red" },
    { id: 2, name: "Low", color: "green" },
  ],
};

/** Issues, their comments, sub-issues and fields over REST. */
export const issueRoutes: FakeRoutes = {
  "GET /repos/:owner/:repo/issues": listed,
  "POST /repos/:owner/:repo/issues": ({ user, world, params: { owner, repo }, body }) => {
    if (!world.seenBy(user, owner, repo)) return notFound;
    const { title, body: text = "", labels = [], assignees = [], type = null } = body;
    const issue = world.of(Tracker).add(`${owner}/${repo}`, {
      title,
      body: text,
      labels,
      assignees,
      type,
      author: user.login,
    });
    setFields(issue, body.issue_field_values);
    return json(issueJson(issue), 201);
  },
  "GET /repos/:owner/:repo/issues/:number": on((issue) => json(issueJson(issue))),
  "PATCH /repos/:owner/:repo/issues/:number": on((issue, { body }) => {
    const { title, body: text, labels, assignees, type, state, state_reason } = body;
    const changes = {
      title,
      body: text,
      labels,
      assignees,
      type,
      state,
      stateReason: state_reason,
    };
    const said = Object.entries(changes).filter(([, value]) => value !== undefined);
    Object.assign(issue, Object.fromEntries(said));
    return json(issueJson(issue));
  }),
  "GET /repos/:owner/:repo/issues/:number/comments": on((issue, request) =>
    paged(
      request,
      issue.comments.map((comment) => commentJson(issue, comment)),
    ),
  ),
  "POST /repos/:owner/:repo/issues/:number/comments": on((issue, { user, world, body }) => {
    const comment = world.of(Tracker).comment(issue, user.login, body.body);
    return json(commentJson(issue, comment), 201);
  }),
  "GET /repos/:owner/:repo/issues/comments/:id": commented((comment, issue) =>
    json(commentJson(issue, comment)),
  ),
  "POST /repos/:owner/:repo/issues/comments/:id/reactions": commented((comment, _issue, request) =>
    react(comment.reactions, request),
  ),
  "POST /repos/:owner/:repo/issues/:number/reactions": on((issue, request) =>
    react(issue.reactions, request),
  ),
  "GET /repos/:owner/:repo/issues/:number/labels": on((issue, request) =>
    paged(request, issue.labels.map(labelJson)),
  ),
  "GET /repos/:owner/:repo/issues/:number/parent": on((issue, { world }) => {
    const parent = world.of(Tracker).parentOf(issue);
    return parent ? json(issueJson(parent)) : notFound;
  }),
  "GET /repos/:owner/:repo/issues/:number/sub_issues": on((issue, request) =>
    paged(request, issue.below.map(issueJson)),
  ),
  "POST /repos/:owner/:repo/issues/:number/sub_issues": on((issue, { world, body }) => {
    const child = world.of(Tracker).issues.find(({ id }) => id === body.sub_issue_id);
    if (!child) return notFound;
    const parent = world.of(Tracker).parentOf(child);
    if (parent && !body.replace_parent) return refuse(422, "Issue may only have one parent");
    parent?.below.splice(parent.below.indexOf(child), 1);
    issue.below.push(child);
    return json(issueJson(issue), 201);
  }),
  "DELETE /repos/:owner/:repo/issues/:number/sub_issue": on((issue, { body }) => {
    const at = issue.below.findIndex(({ id }) => id === body.sub_issue_id);
    if (at < 0) return notFound;
    issue.below.splice(at, 1);
    return json(issueJson(issue));
  }),
  "PATCH /repos/:owner/:repo/issues/:number/sub_issues/priority": on((issue, { body }) => {
    const child = issue.below.find(({ id }) => id === body.sub_issue_id);
    if (!child) return notFound;
    const others = issue.below.filter((one) => one !== child);
    const at =
      body.after_id === undefined
        ? others.findIndex(({ id }) => id === body.before_id)
        : others.findIndex(({ id }) => id === body.after_id) + 1;
    issue.below.splice(0, issue.below.length, ...others.toSpliced(at, 0, child));
    return json(issueJson(issue));
  }),
  "POST /repos/:owner/:repo/issues/:number/issue-field-values": on((issue, { body }) => {
    setFields(issue, body.issue_field_values);
    return json(issueJson(issue).issue_field_values);
  }),
  "DELETE /repos/:owner/:repo/issues/:number/issue-field-values/:field": on((issue, { params }) =>
    issue.fieldValues.delete(Number(params.field)) ? nothing : notFound,
  ),
  "GET /repos/:owner/:repo/issue-types": () => json([bug]),
  "GET /orgs/:org/issue-types": () => json([bug]),
  "GET /orgs/:org/issue-fields": () => json([PRIORITY]),
  "GET /search/issues": found,
};

const bug = { id: 1, node_id: "IT_1", name: "Bug", description: "Broken", is_enabled: true };

function on(answer: (issue: FakeIssue, request: FakeRequest) => FakeAnswer) {
  return (request: FakeRequest): FakeAnswer => {
    const { user, world, params } = request;
    const issue = issueSeenBy(user, world, params.owner, params.repo, params.number);
    return issue ? answer(issue, request) : notFound;
  };
}

function commented(
  answer: (comment: FakeComment, issue: FakeIssue, request: FakeRequest) => FakeAnswer,
) {
  return (request: FakeRequest): FakeAnswer => {
    const { owner, repo, id } = request.params;
    for (const issue of request.world.of(Tracker).of(`${owner}/${repo}`)) {
      const comment = issue.comments.find((one) => one.id === Number(id));
      if (comment) return answer(comment, issue, request);
    }
    return notFound;
  };
}

function listed(request: FakeRequest): FakeAnswer {
  const { user, world, query, params } = request;
  const { owner, repo } = params;
  if (!world.seenBy(user, owner, repo)) return notFound;
  const state = query.get("state") ?? "open";
  const field = query.get("issue_field_values")?.split(":");
  const issues = world
    .of(Tracker)
    .of(`${owner}/${repo}`)
    .filter((issue) => state === "all" || issue.state === state)
    .filter((issue) => !field || issue.fieldValues.get(PRIORITY.id) === field[1]);
  const isRising = query.get("direction") === "asc";
  return paged(request, (isRising ? issues : issues.toReversed()).map(issueJson));
}

/** Understands `repo:`, `user:`, `is:` and words of the title. */
function found(request: FakeRequest): FakeAnswer {
  const { user, world, query } = request;
  const words = (query.get("q") ?? "").split(/\s+/).filter(Boolean);
  const places = words.filter((word) => /^(repo|user):/.test(word));
  const items = world.of(Tracker).issues.filter((issue) => {
    const [owner, repo] = issue.home.split("/");
    if (!world.seenBy(user, owner, repo)) return false;
    const isPlace = places.some(
      (word) => word === `repo:${issue.home}` || word === `user:${owner}`,
    );
    if (places.length > 0 && !isPlace) return false;
    return words.every((word) => {
      if (word === "is:issue") return !issue.pull;
      if (word === "is:pr") return issue.pull !== undefined;
      return word.includes(":") || issue.title.includes(word);
    });
  });
  return paged(request, items.map(issueJson), (page) => ({
    total_count: items.length,
    incomplete_results: false,
    items: page,
  }));
}

/** An issue as REST shows it. */
export function issueJson(issue: FakeIssue) {
  const { home, number, pull } = issue;
  return {
    id: issue.id,
    node_id: nodeId(pull ? "PR" : "I", issue.id),
    number,
    title: issue.title,
    body: issue.body,
    state: issue.state,
    state_reason: issue.stateReason,
    locked: false,
    html_url: `${WEB}/${home}/${pull ? "pull" : "issues"}/${number}`,
    repository_url: `${API}/repos/${home}`,
    user: userJson(issue.author),
    author_association: "NONE",
    labels: issue.labels.map(labelJson),
    assignees: issue.assignees.map(userJson),
    milestone: null,
    comments: issue.comments.length,
    reactions: {
      url: `${API}/r`,
      total_count: issue.reactions.size,
      ...Object.fromEntries(issue.reactions),
    },
    type: issue.type === null ? null : { id: 1, name: issue.type },
    issue_field_values: [...issue.fieldValues].map(([id, value]) => ({
      issue_field_id: id,
      issue_field_name: PRIORITY.name,
      value,
    })),
    created_at: AT,
    updated_at: AT,
    closed_at: issue.state === "closed" ? AT : null,
    ...(pull && { pull_request: { url: `${API}/repos/${home}/pulls/${number}` } }),
  };
}

/** A comment as REST shows it. */
function commentJson(issue: FakeIssue, comment: FakeComment) {
  return {
    id: comment.id,
    node_id: nodeId("IC", comment.id),
    body: comment.body,
    user: userJson(comment.author),
    author_association: "NONE",
    html_url: `${WEB}/${issue.home}/issues/${issue.number}#issuecomment-${comment.id}`,
    issue_url: `${API}/repos/${issue.home}/issues/${issue.number}`,
    reactions: { total_count: comment.reactions.size, ...Object.fromEntries(comment.reactions) },
    created_at: AT,
    updated_at: AT,
  };
}

/** Somebody; nobody when the account is gone. */
export function userJson(login: string | null): object | null {
  return login === null ? null : { login, id: login.length, type: "User" };
}

/** A label as REST shows it. */
function labelJson(name: string): object {
  return { id: name.length, name, color: "ededed", description: "", default: false };
}

function setFields(issue: FakeIssue, values: { field_id: number; value: unknown }[] = []): void {
  for (const { field_id, value } of values) issue.fieldValues.set(field_id, value);
}

/** Counts a reaction. */
export function react(reactions: Map<string, number>, { body }: FakeRequest): FakeAnswer {
  reactions.set(body.content, (reactions.get(body.content) ?? 0) + 1);
  return json({ id: 1, content: body.content }, 201);
}
