import { s } from "@portico/core";
import { nextPage } from "../../api/next-page.ts";
import { repositoryShape } from "../../repos/shapes.ts";
import { admitted } from "../repos/shared/search.ts";
import { githubTool } from "../shared/github-tool.ts";
import { order, page, perPage, USUAL_PER_PAGE } from "../shared/inputs.ts";
import { listUnder } from "../shared/outputs.ts";

/** What the caller, or somebody else, has starred. */
export const listStarredRepositories = githubTool({
  name: "list_starred_repositories",
  toolset: "stargazers",
  description: "Repositories that you or a user starred.",
  effect: "reads",
  scopes: ["repo"],
  bound: "results",
  input: s.object({
    username: s.optional(s.string()),
    sort: s.optional(s.enum(["created", "updated"])),
    direction: order,
    page,
    perPage,
  }),
  output: listUnder("repositories"),
  list: "repositories",
  async run({ username, sort, direction, page = 1, perPage }, { rest }, call) {
    const ask = {
      page,
      per_page: perPage ?? USUAL_PER_PAGE,
      ...(sort && { sort }),
      ...(direction && { direction }),
    };
    const { data, headers } = username
      ? await rest.activity.listReposStarredByUser({ ...ask, username })
      : await rest.activity.listReposStarredByAuthenticatedUser(ask);
    // Only with another media type does GitHub say when each was starred.
    const starred = data.flatMap((one) => ("full_name" in one ? [one] : []));
    const { kept, from } = admitted(starred, ({ full_name }) => full_name, call);
    return { data: { repositories: kept.map(repositoryShape), ...nextPage(headers) }, from };
  },
});
