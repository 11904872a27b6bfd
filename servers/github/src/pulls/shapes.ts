import type { Json, JsonMembers } from "../api/json.ts";
import { stated } from "../api/stated.ts";
import { logins, type Person, person } from "../issues/shapes.ts";
import type { Thread, ThreadComment } from "./documents.ts";

/** A branch of a pull request; its repository is null when it is gone. */
interface Branch {
  readonly ref: string;
  readonly sha: string;
  readonly repo?: { readonly full_name: string } | null;
}

/** A pull request as REST gives it; what only one alone has is absent in lists. */
export interface RestPull {
  readonly number: number;
  readonly title: string;
  readonly body?: string | null;
  readonly state: string;
  readonly draft?: boolean | undefined;
  readonly merged?: boolean;
  readonly mergeable_state?: string;
  readonly html_url: string;
  readonly user: Person;
  readonly labels: readonly { readonly name: string }[];
  readonly assignees?: readonly Person[] | null;
  readonly requested_reviewers?: readonly Person[] | null;
  readonly merged_by?: Person;
  readonly head: Branch;
  readonly base: Branch;
  readonly additions?: number;
  readonly deletions?: number;
  readonly changed_files?: number;
  readonly commits?: number;
  readonly comments?: number;
  readonly created_at: string;
  readonly updated_at: string;
  readonly closed_at?: string | null;
  readonly merged_at?: string | null;
  readonly milestone?: { readonly title: string } | null;
}

/** A pull request with what matters of it. */
export function pullShape(pull: RestPull): JsonMembers {
  return stated<Json | undefined>({
    number: pull.number,
    title: pull.title,
    body: pull.body,
    state: pull.state,
    draft: pull.draft ?? false,
    merged: pull.merged ?? typeof pull.merged_at === "string",
    mergeable_state: pull.mergeable_state,
    html_url: pull.html_url,
    user: person(pull.user),
    labels: pull.labels.map(({ name }) => name),
    assignees: logins(pull.assignees),
    requested_reviewers: logins(pull.requested_reviewers),
    merged_by: pull.merged_by?.login,
    head: branch(pull.head),
    base: branch(pull.base),
    additions: pull.additions,
    deletions: pull.deletions,
    changed_files: pull.changed_files,
    commits: pull.commits,
    comments: pull.comments,
    created_at: pull.created_at,
    updated_at: pull.updated_at,
    closed_at: pull.closed_at,
    merged_at: pull.merged_at,
    milestone: pull.milestone?.title,
  });
}

function branch({ ref, sha, repo }: Branch): JsonMembers {
  return { ref, sha, ...(repo && { repo: { full_name: repo.full_name } }) };
}

/** A file a pull request changes. */
export function fileShape(file: {
  readonly filename: string;
  readonly previous_filename?: string;
  readonly status: string;
  readonly additions: number;
  readonly deletions: number;
  readonly patch?: string;
}): JsonMembers {
  const { filename, previous_filename, status, additions, deletions, patch } = file;
  return stated<Json | undefined>({
    filename,
    previous_filename,
    status,
    additions,
    deletions,
    patch,
  });
}

/** A commit of a pull request. */
export function commitShape(commit: {
  readonly sha: string;
  readonly html_url: string;
  readonly author: Person | Record<string, never>;
  readonly commit: {
    readonly message: string;
    readonly author: { readonly name?: string; readonly date?: string } | null;
  };
}): JsonMembers {
  const { sha, html_url, commit: inner, author } = commit;
  return stated<Json | undefined>({
    sha,
    html_url,
    message: inner.message,
    author: (author as Person)?.login ?? inner.author?.name,
    date: inner.author?.date,
  });
}

/** A review of a pull request. */
export function reviewShape(review: {
  readonly id: number;
  readonly state: string;
  readonly body: string;
  readonly html_url: string;
  readonly user: Person;
  readonly commit_id: string | null;
  readonly submitted_at?: string;
  readonly author_association?: string;
}): JsonMembers {
  const { id, state, body, html_url, user, commit_id, submitted_at, author_association } = review;
  return stated<Json | undefined>({
    id,
    state,
    body,
    html_url,
    user: person(user),
    commit_id,
    submitted_at,
    author_association,
  });
}

/** A check that ran on a commit. */
export function checkShape(check: {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly html_url: string | null;
  readonly details_url: string | null;
  readonly started_at: string | null;
  readonly completed_at: string | null;
  readonly output: { readonly title: string | null; readonly summary: string | null };
  readonly app: { readonly slug?: string } | null;
}): JsonMembers {
  return stated<Json | undefined>({
    id: check.id,
    name: check.name,
    status: check.status,
    conclusion: check.conclusion,
    html_url: check.html_url,
    details_url: check.details_url,
    started_at: check.started_at,
    completed_at: check.completed_at,
    title: check.output.title,
    summary: check.output.summary,
    app: check.app?.slug,
  });
}

/** A review thread with the comments that are shown of it. */
export function threadShape(thread: Thread, comments: readonly ThreadComment[]): JsonMembers {
  return stated<Json | undefined>({
    id: thread.id,
    is_resolved: thread.isResolved,
    is_outdated: thread.isOutdated,
    is_collapsed: thread.isCollapsed,
    path: thread.path,
    line: thread.line,
    comments: comments.map(threadComment),
    comment_count: thread.comments.totalCount,
  });
}

function threadComment(comment: ThreadComment): JsonMembers {
  return stated<Json | undefined>({
    id: comment.fullDatabaseId === null ? null : Number(comment.fullDatabaseId),
    node_id: comment.id,
    body: comment.body,
    user: person(comment.author),
    html_url: comment.url,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
  });
}
