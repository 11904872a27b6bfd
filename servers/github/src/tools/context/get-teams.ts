import { s } from "@portico/core";
import { GitHubError } from "../../api/error.ts";
import { githubTool } from "../shared/github-tool.ts";
import { thing } from "../shared/outputs.ts";

const TEAMS = /* GraphQL */ `query ($user: String!) {
  user(login: $user) {
    organizations(first: 100) {
      nodes {
        login
        teams(first: 100, userLogins: [$user]) {
          nodes { name slug description }
        }
      }
    }
  }
}`;

interface Teams {
  readonly user: {
    readonly organizations: {
      readonly nodes: readonly {
        readonly login: string;
        readonly teams: { readonly nodes: readonly object[] };
      }[];
    };
  } | null;
}

/** Tells which teams somebody is in. */
export const getTeams = githubTool({
  name: "get_teams",
  toolset: "context",
  description: "Your teams, or those of user.",
  effect: "reads",
  scopes: ["read:org"],
  bound: "results",
  input: s.object({ user: s.optional(s.string()) }),
  output: thing,
  list: "organizations",
  async run(args, { rest, graphql }, call) {
    const user = args.user ?? (await rest.users.getAuthenticated()).data.login;
    const found = await graphql<Teams>(TEAMS, { user });
    if (!found.user) throw new GitHubError(`GitHub has no user "${user}".`);
    const organizations = found.user.organizations.nodes
      .filter(({ login }) => call.admits(login))
      .map(({ login, teams }) => ({ org: login, teams: teams.nodes }));
    return { data: { organizations }, from: [] };
  },
});
