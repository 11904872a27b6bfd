import type { RestEndpointMethodTypes } from "@octokit/rest";
import { stated } from "../api/stated.ts";

type Label = RestEndpointMethodTypes["issues"]["getLabel"]["response"]["data"];

/** Labels of a repository, by name, with how many issues have each. */
export const LIST_LABELS = /* GraphQL */ `
  query ($owner: String!, $repo: String!, $first: Int!, $after: String) {
    repository(owner: $owner, name: $repo) {
      labels(first: $first, after: $after, orderBy: { field: NAME, direction: ASC }) {
        nodes { id name color description issues { totalCount } }
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
        readonly issues: { readonly totalCount: number };
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
