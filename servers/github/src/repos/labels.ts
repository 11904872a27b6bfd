import type { RestEndpointMethodTypes } from "@octokit/rest";
import { stated } from "../api/stated.ts";

type Label = RestEndpointMethodTypes["issues"]["getLabel"]["response"]["data"];

/** Labels of a repository, those of most issues first. */
export const LIST_LABELS = /* GraphQL */ `
  query ($owner: String!, $repo: String!, $first: Int!, $after: String) {
    repository(owner: $owner, name: $repo) {
      labels(first: $first, after: $after, orderBy: { field: ISSUE_COUNT, direction: DESC }) {
        nodes { id name color description }
        totalCount
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`;

/** What {@link LIST_LABELS} answers. */
export interface ListedLabels {
  readonly repository: {
    readonly labels: {
      readonly nodes: readonly {
        readonly id: string;
        readonly name: string;
        readonly color: string;
        readonly description: string | null;
      }[];
      readonly totalCount: number;
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  };
}

/** A label. */
export function labelShape({ node_id: id, name, color, description }: Label) {
  return stated({ id, name, color, description });
}
