import { s } from "@portico/core";
import { nextPage } from "../../api/next-page.ts";
import { releaseShape } from "../../repos/shapes.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, page, perPage, repo, USUAL_PER_PAGE } from "../shared/inputs.ts";
import { listUnder } from "../shared/outputs.ts";

/** Releases, newest first. */
export const listReleases = githubTool({
  name: "list_releases",
  toolset: "repos",
  isRare: true,
  description: "Releases, newest first.",
  effect: "reads",
  scopes: ["repo"],
  input: s.object({ owner, repo, page, perPage }),
  output: listUnder("releases"),
  list: "releases",
  async run({ owner, repo, page = 1, perPage: per_page = USUAL_PER_PAGE }, { rest }) {
    const { data, headers } = await rest.repos.listReleases({ owner, repo, page, per_page });
    return { data: { releases: data.map(releaseShape), ...nextPage(headers) } };
  },
});
