import { afterwards } from "../api/afterwards.ts";
import { GitHubError } from "../api/error.ts";
import type { GitHub, Repository } from "../api/github.ts";
import type { JsonMembers } from "../api/json.ts";
import { CLOSE_AS_DUPLICATE } from "./documents.ts";
import { type FieldChange, type FieldChanges, fieldChanges, issueFields } from "./fields.ts";

/** What is to become of an issue. What is absent stays as it is. */
export interface IssueChange {
  readonly title?: string;
  readonly body?: string;
  readonly assignees?: string[];
  readonly labels?: string[];
  readonly milestone?: number;
  /** Null takes the type away. */
  readonly type?: string | null;
  readonly state?: "open" | "closed";
  readonly state_reason?: "completed" | "not_planned" | "duplicate";
  /** The number of the issue this one repeats. */
  readonly duplicate_of?: number;
  readonly issue_fields?: readonly FieldChange[];
}

/**
 * Opens an issue.
 * @throws {GitHubError} when it has no title, or is to be something only an existing issue can
 */
export async function createIssue(
  github: GitHub,
  place: Repository,
  change: IssueChange,
): Promise<JsonMembers> {
  const { title, state, state_reason, duplicate_of, issue_fields = [], ...rest } = change;
  if (title === undefined) throw new GitHubError("A new issue needs a title.");
  if (state === "closed" || state_reason !== undefined || duplicate_of !== undefined) {
    throw new GitHubError("A new issue is open; close it with method update.");
  }
  const { set, clear } = await changesOf(github, place, issue_fields);
  if (clear.length > 0) throw new GitHubError("A new issue has no field values to delete.");
  const { data } = await github.request("POST /repos/{owner}/{repo}/issues", {
    ...place,
    title,
    ...rest,
    ...(set.length > 0 && { issue_field_values: set }),
  });
  return { number: data.number, id: Number(data.id), html_url: data.html_url };
}

/**
 * Changes an issue. Fields change one by one, and what else there is at once.
 * @throws {GitHubError} when a duplicate is named without being closed as one, or the other way round
 */
export async function updateIssue(
  github: GitHub,
  place: Repository,
  issue_number: number,
  change: IssueChange,
): Promise<JsonMembers> {
  const { issue_fields = [], duplicate_of, ...rest } = change;
  const isDuplicate = rest.state_reason === "duplicate";
  if (isDuplicate !== (duplicate_of !== undefined) || (isDuplicate && rest.state !== "closed")) {
    throw new GitHubError(
      'A duplicate needs state "closed", state_reason "duplicate" and duplicate_of together.',
    );
  }
  const { state, state_reason, ...others } = rest;
  const issue = { ...place, issue_number };
  const fields = await changesOf(github, place, issue_fields);
  const other = duplicate_of === undefined ? undefined : await nodeOf(github, place, duplicate_of);
  const patch = isDuplicate || state === undefined ? others : { ...others, state, state_reason };
  const isPatched = Object.keys(patch).length > 0;
  const { data } = isPatched
    ? await github.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
        ...issue,
        ...patch,
      })
    : await github.rest.issues.get(issue);
  const further = async () => {
    await setFields(github, issue, fields);
    if (other === undefined) return;
    await github.graphql(CLOSE_AS_DUPLICATE, { issueId: data.node_id, duplicateIssueId: other });
  };
  await (isPatched ? afterwards(`Issue #${issue_number} was updated`, further) : further());
  return { number: data.number, id: Number(data.id), html_url: data.html_url };
}

async function nodeOf(github: GitHub, place: Repository, issue_number: number): Promise<string> {
  const { data } = await github.rest.issues.get({ ...place, issue_number });
  return data.node_id;
}

async function changesOf(
  github: GitHub,
  { owner }: Repository,
  changes: readonly FieldChange[],
): Promise<FieldChanges> {
  if (changes.length === 0) return { set: [], clear: [] };
  return fieldChanges(changes, await issueFields(github, owner));
}

/** One request sets what is to be set and leaves all else; an issue's own route would replace every value. */
async function setFields(
  github: GitHub,
  issue: Repository & { readonly issue_number: number },
  { set, clear }: FieldChanges,
): Promise<void> {
  if (set.length > 0) {
    await github.request("POST /repos/{owner}/{repo}/issues/{issue_number}/issue-field-values", {
      ...issue,
      issue_field_values: set,
    });
  }
  for (const issue_field_id of clear) {
    await github.request(
      "DELETE /repos/{owner}/{repo}/issues/{issue_number}/issue-field-values/{issue_field_id}",
      { ...issue, issue_field_id },
    );
  }
}
