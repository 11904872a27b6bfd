import { GitHubError } from "../api/error.ts";
import type { GitHub } from "../api/github.ts";
import type { Json, JsonMembers } from "../api/json.ts";
import { stated } from "../api/stated.ts";

/** Whose project it is. */
export type OwnerType = "user" | "org";

/** One project, or all of an owner where there is no number. */
export interface ProjectPlace {
  readonly owner: string;
  readonly ownerType: OwnerType;
  readonly number: number;
}

/** A field of a project as REST gives it. */
export interface ProjectField {
  readonly id: number;
  readonly name: string;
  readonly data_type: string;
  readonly options?: readonly { readonly id: string; readonly name: Text }[];
  readonly configuration?: {
    readonly iterations?: readonly { readonly id: string; readonly title: Text }[];
  };
}

/** Text that GitHub gives as it was written and as a page shows it. */
export type Text = string | { readonly raw: string };

/** Finds out whether an owner is an organization. */
export async function ownerTypeOf(github: GitHub, owner: string): Promise<OwnerType> {
  const { data } = await github.rest.users.getByUsername({ username: owner });
  return data.type === "Organization" ? "org" : "user";
}

/** The routes of an owner's projects; the owner is `{owner}` in them. */
export function projectsRoute(ownerType: OwnerType): string {
  return `/${ownerType === "org" ? "orgs" : "users"}/{owner}/projectsV2`;
}

/** Asks GitHub about a project, or changes it. `path` begins after the project's number. */
export async function askProject<T>(
  github: GitHub,
  method: "GET" | "POST" | "PATCH" | "DELETE",
  { owner, ownerType, number }: ProjectPlace,
  path: string,
  parameters: object = {},
): Promise<{ readonly data: T; readonly headers: { readonly link?: string } }> {
  const route = `${method} ${projectsRoute(ownerType)}/{project_number}${path}`;
  return github.request(route, { owner, project_number: number, ...parameters });
}

/** The fields of a project, a hundred at most. */
export async function projectFields(github: GitHub, place: ProjectPlace): Promise<ProjectField[]> {
  const { data } = await askProject<ProjectField[]>(github, "GET", place, "/fields", {
    per_page: 100,
  });
  return data;
}

/**
 * The field that a name, or an id, stands for.
 * @throws {GitHubError} when there is none
 */
export function fieldNamed(fields: readonly ProjectField[], name: string | number): ProjectField {
  const found =
    typeof name === "number"
      ? fields.find(({ id }) => id === name)
      : fields.find((field) => field.name.toLowerCase() === name.toLowerCase());
  if (found) return found;
  const names = fields.map((field) => `"${field.name}"`).join(", ");
  throw new GitHubError(`The project has no field "${name}"; it has ${names || "none"}.`);
}

/**
 * What GitHub is told to set a field to: options and iterations go by their ids.
 * @throws {GitHubError} for an option or an iteration there is not
 */
export function fieldValue(field: ProjectField, value: unknown): string | number | null {
  if (value === null || typeof value === "number") return value;
  if (typeof value !== "string") {
    throw new GitHubError(`The value of "${field.name}" is a text, a number or null.`);
  }
  const choices = [
    ...(field.options ?? []).map(({ id, name }) => ({ id, name: written(name) })),
    ...(field.configuration?.iterations ?? []).map(({ id, title }) => ({
      id,
      name: written(title),
    })),
  ];
  if (field.data_type !== "single_select" && field.data_type !== "iteration") return value;
  const found = choices.find(
    ({ id, name }) => id === value || name.toLowerCase() === value.toLowerCase(),
  );
  if (found) return found.id;
  const names = choices.map(({ name }) => `"${name}"`).join(", ");
  throw new GitHubError(`"${field.name}" cannot be "${value}"; it can be ${names || "nothing"}.`);
}

/** A field with what can be chosen for it. */
export function fieldShape({ id, name, data_type, ...field }: ProjectField): JsonMembers {
  return stated<Json | undefined>({
    id,
    name,
    data_type,
    options: field.options?.map((option) => ({ id: option.id, name: written(option.name) })),
    iterations: field.configuration?.iterations?.map(({ id, title }) => ({
      id,
      title: written(title),
    })),
  });
}

/** Text as it was written. */
export function written(text: Text): string {
  return typeof text === "string" ? text : text.raw;
}
