import { s } from "@portico/core";
import { nextPage } from "../../api/next-page.ts";
import { githubTool } from "../shared/github-tool.ts";
import { after, owner, perPage, repo, USUAL_PER_PAGE } from "../shared/inputs.ts";
import { listUnder } from "../shared/outputs.ts";
import { withheldNote } from "../shared/withheld.ts";
import { answersFor, repositoryAdvisory } from "./advisory.ts";
import { repositoryAdvisories } from "./inputs.ts";

/** The advisories of a repository. */
export const listRepositorySecurityAdvisories = githubTool({
  name: "list_repository_security_advisories",
  toolset: "security_advisories",
  description: "Security advisories of a repository.",
  effect: "reads",
  scopes: ["repo"],
  input: s.object({ owner, repo, ...repositoryAdvisories, after, perPage }),
  output: listUnder("advisories"),
  list: "advisories",
  async run({ perPage = USUAL_PER_PAGE, ...filter }, { rest }, call) {
    const ask = { ...filter, per_page: perPage };
    const { data, headers } = await rest.securityAdvisories.listRepositoryAdvisories(ask);
    const place = { owner: filter.owner, repo: filter.repo };
    const { kept, withheld } = await call.shown(place, data, answersFor);
    return {
      data: { advisories: kept.map(repositoryAdvisory), ...nextPage(headers) },
      note: withheldNote(withheld),
    };
  },
});
