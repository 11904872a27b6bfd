import type { Repository } from "../api/github.ts";
import type { JsonMembers } from "../api/json.ts";
import { stated } from "../api/stated.ts";
import type { ListedIssue, Reference } from "./documents.ts";

/** Whoever did something; null when the account is gone. */
export type Person = { readonly login?: string } | null | undefined;

/** An issue or a pull request as REST lists it, as much of it as is shown. */
export interface RestIssue {
  readonly id: number | bigint;
  readonly number: number;
  readonly title: string;
  readonly body?: string | null | undefined;
  readonly state: string;
  readonly state_reason?: string | null | undefined;
  readonly draft?: boolean | undefined;
  readonly locked?: boolean;
  readonly html_url: string;
  readonly repository_url?: string;
  readonly user: Person;
  readonly author_association?: string;
  readonly labels: readonly (string | { readonly name?: string | null })[];
  readonly assignees?: readonly Person[] | null | undefined;
  readonly milestone?: { readonly title: string } | null;
  readonly comments?: number;
  readonly reactions?: object | undefined;
  readonly created_at: string;
  readonly updated_at: string;
  readonly closed_at?: string | null;
  readonly closed_by?: Person;
  readonly type?: { readonly name: string } | null | undefined;
  readonly issue_field_values?: readonly FieldValue[];
  readonly pull_request?: unknown;
}

/** The value of a field of an organization's issues. */
export interface FieldValue {
  readonly issue_field_id: number | bigint;
  readonly issue_field_name?: string;
  readonly value?: string | number | null;
  readonly single_select_option?: { readonly name: string } | null;
  readonly multi_select_options?: readonly { readonly name: string }[] | null;
}

/** A comment as REST gives it. */
export interface RestComment {
  readonly id: number | bigint;
  readonly body?: string | undefined;
  readonly html_url: string;
  readonly user: Person;
  readonly author_association?: string;
  readonly reactions?: object | undefined;
  readonly created_at: string;
  readonly updated_at: string;
}

/** An issue with what matters of it. */
export function issueShape(issue: RestIssue): JsonMembers {
  return stated({
    id: Number(issue.id),
    number: issue.number,
    title: issue.title,
    body: issue.body,
    state: issue.state,
    state_reason: issue.state_reason,
    draft: issue.draft || null,
    locked: issue.locked || null,
    html_url: issue.html_url,
    user: person(issue.user),
    author_association: issue.author_association,
    labels: issue.labels.flatMap((label) =>
      typeof label === "string" ? label : (label.name ?? []),
    ),
    assignees: logins(issue.assignees),
    milestone: issue.milestone?.title,
    comments: issue.comments,
    reactions: reactions(issue.reactions),
    created_at: issue.created_at,
    updated_at: issue.updated_at,
    closed_at: issue.closed_at,
    closed_by: issue.closed_by?.login,
    type: issue.type?.name,
    field_values: issue.issue_field_values?.map(fieldValue),
  });
}

/** The same with the repository it is in, which no argument said. */
export function withRepository(issue: RestIssue): JsonMembers {
  const { owner, repo } = repositoryOf(issue.repository_url ?? "");
  return { ...issueShape(issue), repository: `${owner}/${repo}` };
}

/** The same of an issue that GraphQL listed. */
export function listedIssue(issue: ListedIssue): JsonMembers {
  return stated({
    number: issue.number,
    title: issue.title,
    body: issue.body,
    state: issue.state,
    state_reason: issue.stateReason,
    html_url: issue.url,
    user: person(issue.author),
    labels: issue.labels?.nodes.map(({ name }) => name),
    assignees: logins(issue.assignees.nodes),
    comments: issue.comments.totalCount,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
  });
}

/** A comment with what matters of it. */
export function commentShape(comment: RestComment): JsonMembers {
  return stated({
    id: Number(comment.id),
    body: comment.body,
    html_url: comment.html_url,
    user: person(comment.user),
    author_association: comment.author_association,
    reactions: reactions(comment.reactions),
    created_at: comment.created_at,
    updated_at: comment.updated_at,
  });
}

/** What another issue or pull request is called. */
export function referenceShape(reference: Reference): JsonMembers {
  const { number, title, state, url, repository } = reference;
  return { number, title, state, html_url: url, repository: repository.nameWithOwner };
}

/** Somebody, as objects of GitHub name them; nothing when the account is gone. */
export function person(user: Person): JsonMembers | undefined {
  return user?.login === undefined ? undefined : { login: user.login };
}

/** The logins of people. */
export function logins(people: readonly Person[] | null | undefined): string[] {
  return (people ?? []).flatMap((one) => one?.login ?? []);
}

/** The repository that an API address or a full name belongs to. */
export function repositoryOf(address: string): Repository {
  const [owner = "", repo = ""] = address.replace(/^.*\/repos\//, "").split("/");
  return { owner, repo };
}

function fieldValue(value: FieldValue): JsonMembers {
  const { multi_select_options: several, single_select_option: one } = value;
  return stated({
    field: value.issue_field_name,
    value: several?.map(({ name }) => name) ?? one?.name ?? value.value,
  });
}

/** How often somebody reacted how; nothing where nobody did. */
function reactions(counts: object | undefined): JsonMembers | undefined {
  const some = Object.entries(counts ?? {}).filter(
    ([, count]) => typeof count === "number" && count > 0,
  );
  return some.length === 0 ? undefined : Object.fromEntries(some);
}
