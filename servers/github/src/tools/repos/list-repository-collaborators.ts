import { s } from "@portico/core";
import { nextPage } from "../../api/next-page.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, page, perPage, repo, USUAL_PER_PAGE } from "../shared/inputs.ts";
import { listUnder } from "../shared/outputs.ts";

/** Who may do something in a repository, and what. */
export const listRepositoryCollaborators = githubTool({
  name: "list_repository_collaborators",
  toolset: "repos",
  isRare: true,
  description: "Collaborators and their roles.",
  effect: "reads",
  scopes: ["repo"],
  input: s.object({
    owner,
    repo,
    affiliation: s.optional(s.enum(["all", "direct", "outside"])),
    page,
    perPage,
  }),
  output: listUnder("items"),
  list: "items",
  async run({ affiliation = "all", perPage: per_page = USUAL_PER_PAGE, ...args }, { rest }) {
    const ask = { ...args, affiliation, per_page };
    const { data, headers } = await rest.repos.listCollaborators(ask);
    const items = data.map(({ login, id, role_name }) => ({ login, id, role_name }));
    return { data: { items, ...nextPage(headers) } };
  },
});
