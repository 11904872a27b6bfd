import { json, notFound, paged, refuse } from "./answers.ts";
import type { FakeAnswer, FakeRequest, FakeRoutes } from "./github.ts";
import { issueJson, react, userJson } from "./issues.ts";
import {
  type FakeComment,
  type FakeIssue,
  type FakePull,
  type FakeReview,
  issueSeenBy,
  nodeId,
  Tracker,
} from "./tracker.ts";

const AT = "2026-01-02T03:04:05Z";

/** Pull requests and what belongs to them over REST. */
export const pullRoutes: FakeRoutes = {
  "GET /repos/:owner/:repo/pulls": (request) => {
    const { user, world, params, query } = request;
    const { owner, repo } = params;
    if (!world.seenBy(user, owner, repo)) return notFound;
    const state = query.get("state") ?? "open";
    const [, head] = /^[^:]+:(.+)$/.exec(query.get("head") ?? "") ?? [];
    const pulls = world
      .of(Tracker)
      .of(`${owner}/${repo}`)
      .filter((issue) => issue.pull && (state === "all" || issue.state === state))
      .filter(({ pull }) => head === undefined || pull?.head === head);
    return paged(request, pulls.toReversed().map(listedJson));
  },
  "POST /repos/:owner/:repo/pulls": ({ user, world, params: { owner, repo }, body }) => {
    if (!world.seenBy(user, owner, repo)) return notFound;
    const { title, body: text = "", head, base, draft = false } = body;
    if (head === base) return refuse(422, "Validation Failed");
    const pull = { head, base, draft };
    const facts = { title, body: text, author: user.login, pull };
    const issue = world.of(Tracker).add(`${owner}/${repo}`, facts);
    return json(pullJson(issue), 201);
  },
  "GET /repos/:owner/:repo/pulls/:number": on((issue, pull, { headers }) => {
    const isDiff = headers.accept?.includes("diff");
    return isDiff
      ? {
          body: pull.diff,
          headers: { "content-type": "application/vnd.github.diff; charset=utf-8" },
        }
      : json(pullJson(issue));
  }),
  "PATCH /repos/:owner/:repo/pulls/:number": on((issue, pull, { body }) => {
    const { title, body: text, state, base } = body;
    const said = Object.entries({ title, body: text, state }).filter(
      ([, one]) => one !== undefined,
    );
    Object.assign(issue, Object.fromEntries(said));
    pull.base = base ?? pull.base;
    return json(pullJson(issue));
  }),
  "PUT /repos/:owner/:repo/pulls/:number/merge": on((issue, pull, { body }) => {
    if (body?.sha && body.sha !== shaOf(pull)) {
      return refuse(409, "Head branch was modified. Review and try the merge again.");
    }
    if (pull.merged || pull.draft) return refuse(405, "Pull Request is not mergeable");
    pull.merged = true;
    issue.state = "closed";
    return json({ sha: shaOf(pull), merged: true, message: "Pull Request successfully merged" });
  }),
  "PUT /repos/:owner/:repo/pulls/:number/update-branch": on((_issue, pull, { body }) =>
    body?.expected_head_sha && body.expected_head_sha !== shaOf(pull)
      ? refuse(422, "expected head sha didn’t match current head ref.")
      : json({ message: "Updating pull request branch.", url: "" }, 202),
  ),
  "POST /repos/:owner/:repo/pulls/:number/requested_reviewers": on((issue, pull, { body }) => {
    pull.reviewers.push(...body.reviewers, ...body.team_reviewers);
    return json(pullJson(issue), 201);
  }),
  "GET /repos/:owner/:repo/pulls/:number/files": on((_issue, pull, request) =>
    paged(
      request,
      pull.files.map((file) => ({ ...file, status: "modified", additions: 1, deletions: 0 })),
    ),
  ),
  "GET /repos/:owner/:repo/pulls/:number/commits": on((_issue, pull, request) =>
    paged(
      request,
      pull.commits.map(({ message, author }) => ({
        sha: shaOf(pull),
        html_url: "https://github.com/c",
        author: userJson(author),
        commit: { message, author: { name: "Somebody", date: AT } },
      })),
    ),
  ),
  "GET /repos/:owner/:repo/pulls/:number/reviews": on((_issue, pull, request) => {
    const { login } = request.user;
    const seen = pull.reviews.filter((one) => one.state !== "PENDING" || one.author === login);
    return paged(
      request,
      seen.map((review) => reviewJson(review, pull)),
    );
  }),
  "POST /repos/:owner/:repo/pulls/:number/reviews": on((_issue, pull, { user, world, body }) => {
    const states = {
      APPROVE: "APPROVED",
      REQUEST_CHANGES: "CHANGES_REQUESTED",
      COMMENT: "COMMENTED",
    };
    const tracker = world.of(Tracker);
    const review: FakeReview = {
      id: tracker.nextId(),
      state: (states[body.event as keyof typeof states] ?? "PENDING") as FakeReview["state"],
      body: body.body ?? "",
      author: user.login,
      threads: (body.comments ?? []).map(({ path, line, body: text }: Record<string, never>) => ({
        id: tracker.nextId(),
        path,
        line,
        isResolved: false,
        comments: [tracker.newComment(user.login, text ?? "")],
      })),
    };
    pull.reviews.push(review);
    return json(reviewJson(review, pull));
  }),
  "POST /repos/:owner/:repo/pulls/:number/comments/:id/replies": on((_issue, pull, request) => {
    const { user, world, params, body } = request;
    const threads = pull.reviews.flatMap(({ threads }) => threads);
    const thread = threads.find(({ comments }) => comments.some(isOf(params.id)));
    if (!thread) return notFound;
    const reply = world.of(Tracker).newComment(user.login, body.body);
    thread.comments.push(reply);
    return json({ id: reply.id, html_url: `https://github.com/comment/${reply.id}` }, 201);
  }),
  "POST /repos/:owner/:repo/pulls/comments/:id/reactions": (request) => {
    const { world, params } = request;
    const all = world.of(Tracker).of(`${params.owner}/${params.repo}`);
    const comments = all.flatMap(({ pull }) =>
      (pull?.reviews ?? []).flatMap(({ threads }) => threads.flatMap((one) => one.comments)),
    );
    const comment = comments.find(isOf(params.id));
    return comment ? react(comment.reactions, request) : notFound;
  },
  "GET /repos/:owner/:repo/commits/:sha/status": atHead((pull, { params }) =>
    json({
      state: "pending",
      sha: params.sha,
      total_count: pull.statuses.length,
      statuses: pull.statuses.map((status) => ({ ...status, state: "pending", updated_at: AT })),
    }),
  ),
  "GET /repos/:owner/:repo/commits/:sha/check-runs": atHead((pull, request) =>
    paged(
      request,
      pull.checks.map(({ name, conclusion, summary }) => ({
        id: name.length,
        name,
        status: "completed",
        conclusion,
        html_url: "https://github.com/check",
        output: { title: name, summary },
        app: { slug: "github-actions" },
      })),
      (page) => ({ total_count: pull.checks.length, check_runs: page }),
    ),
  ),
};

function on(answer: (issue: FakeIssue, pull: FakePull, request: FakeRequest) => FakeAnswer) {
  return (request: FakeRequest): FakeAnswer => {
    const { user, world, params } = request;
    const issue = issueSeenBy(user, world, params.owner, params.repo, params.number);
    return issue?.pull ? answer(issue, issue.pull, request) : notFound;
  };
}

function atHead(answer: (pull: FakePull, request: FakeRequest) => FakeAnswer) {
  return (request: FakeRequest): FakeAnswer => {
    const { owner, repo, sha } = request.params;
    const all = request.world.of(Tracker).of(`${owner}/${repo}`);
    const pull = all.find((issue) => issue.pull && shaOf(issue.pull) === sha)?.pull;
    return pull ? answer(pull, request) : notFound;
  };
}

function isOf(id: string | undefined) {
  return (comment: FakeComment) => comment.id === Number(id);
}

/** The commit at the head of a pull request, made up from the branch's name. */
export function shaOf({ head }: FakePull): string {
  return Buffer.from(head.normalize()).toString("hex").padEnd(40, "0").slice(0, 40);
}

function listedJson(issue: FakeIssue) {
  const pull = issue.pull as FakePull;
  const { pull_request: _, comments: __, ...shared } = issueJson(issue) as Record<string, unknown>;
  const repo = { full_name: issue.home };
  return {
    ...shared,
    draft: pull.draft,
    head: { ref: pull.head, sha: shaOf(pull), repo },
    base: { ref: pull.base, sha: "b".repeat(40), repo },
    requested_reviewers: pull.reviewers.map(userJson),
    merged_at: pull.merged ? AT : null,
  };
}

function pullJson(issue: FakeIssue) {
  const { merged = false, commits = [], files = [] } = issue.pull ?? {};
  return {
    ...listedJson(issue),
    merged,
    mergeable_state: "clean",
    commits: commits.length,
    changed_files: files.length,
    additions: 1,
    deletions: 0,
    comments: issue.comments.length,
  };
}

function reviewJson({ id, state, body, author }: FakeReview, pull: FakePull) {
  return {
    id,
    node_id: nodeId("PRR", id),
    state,
    body,
    user: userJson(author),
    html_url: `https://github.com/review/${id}`,
    commit_id: shaOf(pull),
    ...(state !== "PENDING" && { submitted_at: AT }),
  };
}
