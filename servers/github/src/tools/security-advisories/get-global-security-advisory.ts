import { s } from "@portico/core";
import { githubTool } from "../shared/github-tool.ts";
import { thing } from "../shared/outputs.ts";
import { wholeGlobal } from "./advisory.ts";

/** One advisory of GitHub's database. */
export const getGlobalSecurityAdvisory = githubTool({
  name: "get_global_security_advisory",
  toolset: "security_advisories",
  description: "An advisory of GitHub's database by its id.",
  effect: "reads",
  scopes: [],
  bound: "anywhere",
  input: s.object({
    ghsaId: s.string({ pattern: "^GHSA(-[0-9a-z]{4}){3}$", description: "GHSA-xxxx-xxxx-xxxx" }),
  }),
  output: thing,
  async run({ ghsaId }, { rest }) {
    const { data } = await rest.securityAdvisories.getGlobalAdvisory({ ghsa_id: ghsaId });
    return { data: wholeGlobal(data), from: [] };
  },
});
