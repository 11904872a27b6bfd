import type { Json, JsonMembers } from "../api/json.ts";
import { stated } from "../api/stated.ts";
import type { StatusUpdate, View } from "./documents.ts";

/** A project as REST gives it. */
export interface RestProject {
  readonly id: number;
  readonly node_id: string;
  readonly number: number;
  readonly title: string;
  readonly description?: string | null;
  readonly short_description?: string | null;
  readonly public: boolean;
  readonly state?: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly closed_at?: string | null;
}

/** A project with what matters of it. */
export function projectShape(project: RestProject): JsonMembers {
  return stated<Json | undefined>({
    id: project.id,
    node_id: project.node_id,
    number: project.number,
    title: project.title,
    description: project.description,
    short_description: project.short_description,
    public: project.public,
    state: project.state,
    created_at: project.created_at,
    updated_at: project.updated_at,
    closed_at: project.closed_at,
  });
}

/** A view with the fields it shows. */
export function viewShape(view: View): JsonMembers {
  return stated<Json | undefined>({
    id: view.id,
    number: view.number,
    name: view.name,
    layout: view.layout.replace(/_LAYOUT$/, "").toLowerCase(),
    filter: view.filter,
    visible_fields: view.fields.nodes.map(({ databaseId, name }) =>
      stated<Json | undefined>({ id: databaseId, name }),
    ),
  });
}

/** A status update. */
export function statusShape(update: StatusUpdate): JsonMembers {
  return stated<Json | undefined>({
    id: update.id,
    status: update.status,
    body: update.body,
    start_date: update.startDate,
    target_date: update.targetDate,
    created_at: update.createdAt,
    creator: update.creator?.login,
  });
}
