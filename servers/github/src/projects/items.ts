import type { GitHub } from "../api/github.ts";
import type { Json, JsonMembers } from "../api/json.ts";
import { stated } from "../api/stated.ts";
import { logins, type Person } from "../issues/shapes.ts";
import { askProject, type ProjectPlace } from "./project.ts";
import { type Admits, authorOfContent, homeOfContent, valueShape } from "./values.ts";

/** An item of a project as REST gives it. */
export interface ProjectItem {
  readonly id: number;
  readonly node_id?: string;
  readonly content_type: string;
  readonly content?: Readonly<Record<string, unknown>> | null;
  readonly creator?: Person;
  readonly archived_at?: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly fields?: readonly {
    readonly id: number;
    readonly name: string;
    readonly data_type: string;
    readonly value: unknown;
  }[];
}

/** Those fields, by their ids, that an answer has besides the title. */
export async function projectItem(
  github: GitHub,
  place: ProjectPlace,
  item_id: number,
  fields: readonly (string | number)[] = [],
): Promise<ProjectItem> {
  const { data } = await askProject<ProjectItem>(github, "GET", place, "/items/{item_id}", {
    item_id,
    ...(fields.length > 0 && { fields: fields.join(",") }),
  });
  return data;
}

/**
 * An item with what matters of it; undefined when its issue or pull request may not be shown. Drafts and the fields'
 * own values are written by whoever may write to the project.
 */
export async function itemShape(
  item: ProjectItem,
  admits: Admits,
): Promise<JsonMembers | undefined> {
  const { content } = item;
  const isDraft = item.content_type === "DraftIssue";
  if (!isDraft) {
    const home = content ? homeOfContent(content) : undefined;
    if (!content || !home || !(await admits(home, authorOfContent(content)))) return undefined;
  }
  const fields = await Promise.all(
    (item.fields ?? []).map(async ({ id, name, data_type, value }) =>
      stated({ id, name, data_type, value: await valueShape(value, admits) }),
    ),
  );
  return stated<Json | undefined>({
    id: item.id,
    node_id: item.node_id,
    content_type: item.content_type,
    content: content ? contentShape(content) : undefined,
    fields,
    archived_at: item.archived_at,
    created_at: item.created_at,
    updated_at: item.updated_at,
    creator: item.creator?.login,
  });
}

function contentShape(content: Readonly<Record<string, unknown>>): JsonMembers {
  const home = homeOfContent(content);
  const { labels, assignees } = content;
  const { number, title, state, state_reason, html_url, draft } = content as JsonMembers;
  return stated<Json | undefined>({
    number,
    title,
    state,
    state_reason,
    html_url,
    draft: draft || null,
    repository: home && `${home.owner}/${home.repo}`,
    author: authorOfContent(content),
    assignees: logins(assignees as Person[] | undefined),
    labels: ((labels ?? []) as { name: string }[]).map(({ name }) => name),
  });
}
