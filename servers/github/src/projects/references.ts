import { GitHubError } from "../api/error.ts";
import type { GitHub } from "../api/github.ts";
import { ISSUE_ITEMS, ITEM_PLACE, type Place } from "./documents.ts";
import { fieldNamed, type ProjectPlace, projectFields } from "./project.ts";

/** An item as somebody names it: by its number, its node id, or the issue that it is. */
export interface ItemReference {
  readonly item_id?: number | undefined;
  readonly node_id?: string | undefined;
  readonly item_owner?: string | undefined;
  readonly item_repo?: string | undefined;
  readonly issue_number?: number | undefined;
}

interface ItemNode extends Place {
  /** A decimal number: it may be larger than GraphQL's integers. */
  readonly fullDatabaseId?: string;
}

/**
 * The number of an item.
 * @throws {GitHubError} when it is not in this project, or is named in no way or in several
 */
export async function itemIdOf(
  github: GitHub,
  place: ProjectPlace,
  reference: ItemReference,
): Promise<number> {
  const { item_id, node_id, item_owner, item_repo, issue_number } = reference;
  const isIssue = issue_number !== undefined;
  if ([item_id !== undefined, node_id !== undefined, isIssue].filter(Boolean).length !== 1) {
    throw new GitHubError(
      "Name an item by item_id, by node_id, or by item_owner, item_repo and issue_number.",
    );
  }
  if (item_id !== undefined) return item_id;
  const nodes =
    node_id === undefined
      ? await itemsOfIssue(github, item_owner, item_repo, issue_number)
      : [(await github.graphql<{ node: ItemNode | null }>(ITEM_PLACE, { id: node_id })).node];
  const found = nodes.find((node) => isOf(place, node));
  if (found?.fullDatabaseId !== undefined) return Number(found.fullDatabaseId);
  throw new GitHubError(`The item is not in project ${place.number} of ${place.owner}.`);
}

/** Whether a node belongs to a project, which its id does not say. */
export function isOf({ owner, number }: ProjectPlace, node: Place | null | undefined): boolean {
  const { project } = node ?? {};
  return project?.number === number && project.owner.login?.toLowerCase() === owner.toLowerCase();
}

/**
 * The ids of fields, of which some are given by name.
 * @throws {GitHubError} for a name the project's fields do not have
 */
export async function fieldIdsOf(
  github: GitHub,
  place: ProjectPlace,
  ids: readonly string[] = [],
  names: readonly string[] = [],
): Promise<(string | number)[]> {
  const wrong = ids.find((id) => !/^\d+$/.test(id));
  if (wrong !== undefined) {
    throw new GitHubError(`fields takes ids of fields, and "${wrong}" is none; use field_names.`);
  }
  if (names.length === 0) return [...ids];
  const fields = await projectFields(github, place);
  return [...ids, ...names.map((name) => fieldNamed(fields, name).id)];
}

async function itemsOfIssue(
  github: GitHub,
  owner: string | undefined,
  repo: string | undefined,
  number: number | undefined,
): Promise<ItemNode[]> {
  if (owner === undefined || repo === undefined) {
    throw new GitHubError("An issue is named by item_owner, item_repo and issue_number together.");
  }
  const { repository } = await github.graphql<{
    repository: { issue: { projectItems: { nodes: ItemNode[] } } };
  }>(ISSUE_ITEMS, { owner, repo, number });
  return repository.issue.projectItems.nodes;
}
