import { s } from "@portico/core";
import type { Repository } from "../../api/github.ts";
import { nextPage } from "../../api/next-page.ts";
import { githubTool, type ToolCall } from "../shared/github-tool.ts";
import { after, perPage, USUAL_PER_PAGE } from "../shared/inputs.ts";
import { listUnder } from "../shared/outputs.ts";
import { withheldNote } from "../shared/withheld.ts";
import { answersFor, type RepositoryAdvisory, repositoryAdvisory } from "./advisory.ts";
import { repositoryAdvisories } from "./inputs.ts";

/** The advisories of all repositories of an organization. */
export const listOrgRepositorySecurityAdvisories = githubTool({
  name: "list_org_repository_security_advisories",
  toolset: "security_advisories",
  description: "Security advisories of all repositories of an organization.",
  effect: "reads",
  scopes: ["repo"],
  bound: "owner",
  input: s.object({ org: s.string(), ...repositoryAdvisories, after, perPage }),
  output: listUnder("advisories"),
  list: "advisories",
  async run({ perPage = USUAL_PER_PAGE, ...filter }, { rest }, call) {
    const ask = { ...filter, per_page: perPage };
    const { data, headers } = await rest.securityAdvisories.listOrgRepositoryAdvisories(ask);
    const judged = await Promise.all(data.map((advisory) => mayShow(advisory, filter.org, call)));
    const kept = data.filter((_, at) => judged[at]);
    return {
      data: { advisories: kept.map(repositoryAdvisory), ...nextPage(headers) },
      note: withheldNote(data.length - kept.length),
      from: kept.flatMap((advisory) => placeOf(advisory, filter.org) ?? []),
    };
  },
});

async function mayShow(
  advisory: RepositoryAdvisory,
  org: string,
  call: ToolCall,
): Promise<boolean> {
  const place = placeOf(advisory, org);
  return place !== undefined && call.mayShow(place, answersFor(advisory));
}

/** The repository an advisory belongs to: only its address says so. */
function placeOf({ html_url }: RepositoryAdvisory, org: string): Repository | undefined {
  const [, owner, repo] = URL.canParse(html_url) ? new URL(html_url).pathname.split("/") : [];
  return owner?.toLowerCase() === org.toLowerCase() && repo ? { owner, repo } : undefined;
}
