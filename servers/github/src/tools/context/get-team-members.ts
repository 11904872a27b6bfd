import { s } from "@portico/core";
import { GitHubError } from "../../api/error.ts";
import { githubTool } from "../shared/github-tool.ts";
import { thing } from "../shared/outputs.ts";

const MEMBERS = /* GraphQL */ `query ($org: String!, $team: String!, $after: String) {
  organization(login: $org) {
    team(slug: $team) {
      members(first: 100, after: $after) {
        nodes { login }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

interface Members {
  readonly organization: {
    readonly team: {
      readonly members: {
        readonly nodes: readonly { readonly login: string }[];
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
      };
    } | null;
  } | null;
}

/** Tells who is in a team. */
export const getTeamMembers = githubTool({
  name: "get_team_members",
  toolset: "context",
  description: "Who is in a team.",
  effect: "reads",
  scopes: ["read:org"],
  bound: "owner",
  input: s.object({ org: s.string(), team_slug: s.string(), after: s.optional(s.string()) }),
  output: thing,
  async run({ org, team_slug: team, after }, { graphql }) {
    const { organization } = await graphql<Members>(MEMBERS, { org, team, after });
    if (!organization?.team) throw new GitHubError(`${org} has no team "${team}" you may see.`);
    const { nodes, pageInfo } = organization.team.members;
    const data = {
      members: nodes.map(({ login }) => login),
      ...(pageInfo.hasNextPage && { next_cursor: pageInfo.endCursor }),
    };
    return { data, from: [] };
  },
});
