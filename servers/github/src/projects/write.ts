import { GitHubError } from "../api/error.ts";
import type { GitHub } from "../api/github.ts";
import type { JsonMembers } from "../api/json.ts";
import { CREATE_PROJECT, CREATE_STATUS_UPDATE, OWNER_ID, PROJECT_ID } from "./documents.ts";
import { askProject, fieldNamed, fieldValue, type ProjectPlace, projectFields } from "./project.ts";
import { type ItemReference, itemIdOf } from "./references.ts";

/** A field and what it becomes; null clears it. */
export interface UpdatedField {
  readonly id?: number | undefined;
  readonly name?: string | undefined;
  readonly value?: unknown;
}

/** An iteration of its own length. */
export interface Iteration {
  readonly title: string;
  readonly start_date: string;
  readonly duration: number;
}

/** Adds an issue or a pull request. */
export async function addItem(
  github: GitHub,
  place: ProjectPlace,
  item: {
    readonly type: "Issue" | "PullRequest";
    readonly owner: string;
    readonly repo: string;
    readonly number: number;
  },
): Promise<JsonMembers> {
  const { owner, ...rest } = item;
  // The body has an `owner` as the route has: Octokit sends `data` as it is.
  const { data } = await askProject<{ id: number; node_id: string }>(
    github,
    "POST",
    place,
    "/items",
    { data: { ...rest, owner } },
  );
  return { item_id: data.id, node_id: data.node_id };
}

/**
 * Sets one field of several items, one after the other, and says of each how it went.
 * @throws {GitHubError} for a field or a value there is not, before anything is changed
 */
export async function updateItems(
  github: GitHub,
  place: ProjectPlace,
  items: readonly ItemReference[],
  { id, name, value }: UpdatedField,
): Promise<JsonMembers[]> {
  const wanted = id ?? name;
  if (wanted === undefined || (id !== undefined && name !== undefined)) {
    throw new GitHubError("updated_field is an id or a name, and a value.");
  }
  const field = fieldNamed(await projectFields(github, place), wanted);
  const fields = [{ id: field.id, value: fieldValue(field, value ?? null) }];
  const results: JsonMembers[] = [];
  for (const item of items) results.push(await updateItem(github, place, item, fields));
  return results;
}

async function updateItem(
  github: GitHub,
  place: ProjectPlace,
  item: ItemReference,
  fields: readonly object[],
): Promise<JsonMembers> {
  try {
    const item_id = await itemIdOf(github, place, item);
    await askProject(github, "PATCH", place, "/items/{item_id}", { item_id, fields });
    return { item_id, updated: true };
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    const named = Object.entries(item).filter(([, one]) => one !== undefined);
    return { ...Object.fromEntries(named), updated: false, error: error.message };
  }
}

/** Takes an item out of a project; the issue or pull request stays. A draft is gone. */
export async function deleteItem(
  github: GitHub,
  place: ProjectPlace,
  item_id: number,
): Promise<JsonMembers> {
  await askProject(github, "DELETE", place, "/items/{item_id}", { item_id });
  return { item_id, deleted: true };
}

/** Adds a view to the project. */
export async function createView(
  github: GitHub,
  place: ProjectPlace,
  view: {
    readonly name: string;
    readonly layout: "table" | "board" | "roadmap";
    readonly filter?: string;
    readonly visible_fields?: number[];
  },
): Promise<JsonMembers> {
  const { owner, ownerType, number } = place;
  if (ownerType === "org")
    return made(await askProject<Made>(github, "POST", place, "/views", view));
  // A user's views go by the number of their account.
  const { data } = await github.rest.users.getByUsername({ username: owner });
  const route = "POST /users/{user_id}/projectsV2/{project_number}/views";
  return made(
    await github.request(route, { user_id: String(data.id), project_number: number, ...view }),
  );
}

/** Adds a field of iterations, three unless they are named. */
export async function createIterationField(
  github: GitHub,
  place: ProjectPlace,
  name: string,
  iteration_configuration: {
    readonly start_date: string;
    readonly duration: number;
    readonly iterations?: readonly Iteration[];
  },
): Promise<JsonMembers> {
  const { data } = await askProject<{ id: number; name: string }>(
    github,
    "POST",
    place,
    "/fields",
    {
      name,
      data_type: "iteration",
      iteration_configuration,
    },
  );
  return { field_id: data.id, name: data.name };
}

/** Says how a project goes. */
export async function createStatusUpdate(
  github: GitHub,
  { owner, number }: ProjectPlace,
  update: Readonly<Record<string, string | undefined>>,
): Promise<JsonMembers> {
  const found = await github.graphql<{
    repositoryOwner: { projectV2?: { id: string } | null } | null;
  }>(PROJECT_ID, { owner, number });
  const projectId = found.repositoryOwner?.projectV2?.id;
  if (projectId === undefined) throw new GitHubError(`${owner} has no project ${number}.`);
  const { createProjectV2StatusUpdate: created } = await github.graphql<{
    createProjectV2StatusUpdate: { statusUpdate: { id: string } };
  }>(CREATE_STATUS_UPDATE, { input: { projectId, ...update } });
  return { id: created.statusUpdate.id };
}

/** Begins a project. */
export async function createProject(
  github: GitHub,
  owner: string,
  title: string,
): Promise<JsonMembers> {
  const found = await github.graphql<{ repositoryOwner: { id: string } | null }>(OWNER_ID, {
    owner,
  });
  if (!found.repositoryOwner) throw new GitHubError(`GitHub knows no ${owner}.`);
  const { createProjectV2: created } = await github.graphql<{
    createProjectV2: { projectV2: { number: number; title: string; url: string } };
  }>(CREATE_PROJECT, { ownerId: found.repositoryOwner.id, title });
  const { number, title: called, url } = created.projectV2;
  return { number, title: called, html_url: url };
}

interface Made {
  readonly number: number;
  readonly name: string;
  readonly html_url: string;
  readonly node_id: string;
}

function made({ data }: { readonly data: Made }): JsonMembers {
  return { id: data.node_id, number: data.number, name: data.name, html_url: data.html_url };
}
