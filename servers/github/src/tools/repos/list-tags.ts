import { s } from "@portico/core";
import { nextPage } from "../../api/next-page.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, page, perPage, repo, USUAL_PER_PAGE } from "../shared/inputs.ts";
import { listUnder } from "../shared/outputs.ts";

/** Tags and the commits they stand for. */
export const listTags = githubTool({
  name: "list_tags",
  toolset: "repos",
  isRare: true,
  description: "Git tags.",
  effect: "reads",
  scopes: ["repo"],
  input: s.object({ owner, repo, page, perPage }),
  output: listUnder("tags"),
  list: "tags",
  async run({ owner, repo, page = 1, perPage: per_page = USUAL_PER_PAGE }, { rest }) {
    const { data, headers } = await rest.repos.listTags({ owner, repo, page, per_page });
    const tags = data.map(({ name, commit }) => ({ name, sha: commit.sha }));
    return { data: { tags, ...nextPage(headers) } };
  },
});
