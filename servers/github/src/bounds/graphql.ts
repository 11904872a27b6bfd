import type { AllowList } from "./allow-list.ts";
import { isNarrowed } from "./search.ts";
import { outside } from "./stay-inside.ts";

/** Sends one document. */
type Ask = <A>(document: string, variables: object) => Promise<A>;

type Variables = Readonly<Record<string, unknown>>;

/** Whom a node belongs to. */
interface Owned {
  readonly repository?: { readonly nameWithOwner: string } | null;
  readonly nameWithOwner?: string;
  readonly owner?: { readonly login?: string } | null;
  readonly project?: { readonly owner: { readonly login?: string } } | null;
  readonly discussion?: { readonly repository: { readonly nameWithOwner: string } } | null;
  readonly __typename: string;
}

/** People and kinds of issues say nothing of what is in a repository. */
const HARMLESS = new Set(["User", "Bot", "Mannequin", "Organization", "IssueType"]);

const OWNERS = /* GraphQL */ `query ($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    ... on Repository { nameWithOwner }
    ... on RepositoryNode { repository { nameWithOwner } }
    ... on Label { repository { nameWithOwner } }
    ... on Milestone { repository { nameWithOwner } }
    ... on Commit { repository { nameWithOwner } }
    ... on Ref { repository { nameWithOwner } }
    ... on Discussion { repository { nameWithOwner } }
    ... on DiscussionCategory { repository { nameWithOwner } }
    ... on DiscussionComment { discussion { repository { nameWithOwner } } }
    ... on PullRequestReviewThread { repository { nameWithOwner } }
    ... on ProjectV2 { owner { ... on ProjectV2Owner { ... on User { login } ... on Organization { login } } } }
    ... on ProjectV2Item { project { owner { ... on User { login } ... on Organization { login } } } }
  }
}`;

/**
 * Refuses variables that name what is outside the allow-list: a repository or an owner by name, a search that is not
 * narrowed, or anything by its node id, whose repository is asked for first.
 * @throws {RemoteError} when there is such a variable
 */
export async function holdGraphQl(
  allowed: AllowList,
  variables: Variables,
  ask: Ask,
): Promise<void> {
  if (!allowed.isOn) return;
  const { owner, login, org, organization, repo, name, repository } = variables;
  if (typeof owner === "string") {
    const named = repo ?? name ?? repository;
    if (!allowed.admits(owner, typeof named === "string" ? named : undefined)) throw outside();
  }
  for (const one of [login, org, organization]) {
    if (typeof one === "string" && !allowed.admits(one)) throw outside();
  }
  for (const one of [variables.query, variables.searchQuery]) {
    if (typeof one === "string" && !isNarrowed(one, allowed)) throw outside();
  }
  const ids = [...new Set(idsIn(variables))];
  if (ids.length === 0) return;
  const { nodes } = await ask<{ nodes: readonly (Owned | null)[] }>(OWNERS, { ids });
  if (!nodes.every((node) => node !== null && isInside(node, allowed))) throw outside();
}

function isInside(node: Owned, allowed: AllowList): boolean {
  const full =
    node.repository?.nameWithOwner ??
    node.discussion?.repository.nameWithOwner ??
    node.nameWithOwner;
  const [owner, repo] = full?.split("/") ?? [node.owner?.login ?? node.project?.owner.login];
  if (owner === undefined) return HARMLESS.has(node.__typename);
  return allowed.admits(owner, repo);
}

/** Every text in `variables` whose name says that it is a node id. */
function idsIn(value: unknown, name = ""): string[] {
  if (typeof value === "string") return /(?:^id|Id|ID)s?$/.test(name) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((one) => idsIn(one, name));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => idsIn(one, key));
}
