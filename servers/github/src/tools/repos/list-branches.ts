import { s } from "@portico/core";
import { nextPage } from "../../api/next-page.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, page, perPage, repo, USUAL_PER_PAGE } from "../shared/inputs.ts";
import { listUnder } from "../shared/outputs.ts";

/** Branches and the commits they end with. */
export const listBranches = githubTool({
  name: "list_branches",
  toolset: "repos",
  description: "Branches.",
  effect: "reads",
  scopes: ["repo"],
  input: s.object({ owner, repo, page, perPage }),
  output: listUnder("branches"),
  list: "branches",
  async run({ owner, repo, page = 1, perPage: per_page = USUAL_PER_PAGE }, { rest }) {
    const { data, headers } = await rest.repos.listBranches({ owner, repo, page, per_page });
    const branches = data.map(({ name, commit, protected: isProtected }) => ({
      name,
      sha: commit.sha,
      protected: isProtected,
    }));
    return { data: { branches, ...nextPage(headers) } };
  },
});
