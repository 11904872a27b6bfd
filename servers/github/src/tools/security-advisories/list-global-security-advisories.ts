import { s } from "@portico/core";
import { nextPage } from "../../api/next-page.ts";
import { githubTool } from "../shared/github-tool.ts";
import { after, perPage, USUAL_PER_PAGE } from "../shared/inputs.ts";
import { listUnder } from "../shared/outputs.ts";
import { listedGlobal } from "./advisory.ts";

const ECOSYSTEMS = [
  "actions",
  "composer",
  "erlang",
  "go",
  "maven",
  "npm",
  "nuget",
  "other",
  "pip",
  "pub",
  "rubygems",
  "rust",
] as const;

/** The advisories of GitHub's database. */
export const listGlobalSecurityAdvisories = githubTool({
  name: "list_global_security_advisories",
  toolset: "security_advisories",
  description: "Advisories of GitHub's database, newest first.",
  effect: "reads",
  scopes: [],
  bound: "anywhere",
  input: s.object({
    ghsaId: s.optional(s.string()),
    cveId: s.optional(s.string()),
    type: s.optional(s.enum(["reviewed", "malware", "unreviewed"], { default: "reviewed" })),
    ecosystem: s.optional(s.enum(ECOSYSTEMS)),
    severity: s.optional(s.enum(["unknown", "low", "medium", "high", "critical"])),
    cwes: s.optional(s.array(s.string({ description: "79 or CWE-79" }))),
    isWithdrawn: s.optional(s.boolean()),
    affects: s.optional(
      s.string({ description: "package, package@version; several: with commas" }),
    ),
    published: s.optional(s.string({ description: "2026-01-01..2026-01-31, >=2026-01-01" })),
    updated: s.optional(s.string()),
    modified: s.optional(s.string({ description: "Published or updated" })),
    after,
    perPage,
  }),
  output: listUnder("advisories"),
  list: "advisories",
  async run({ ghsaId, cveId, cwes, isWithdrawn, perPage = USUAL_PER_PAGE, ...filter }, { rest }) {
    const ask = {
      ...filter,
      per_page: perPage,
      ...(ghsaId !== undefined && { ghsa_id: ghsaId }),
      ...(cveId !== undefined && { cve_id: cveId }),
      ...(cwes !== undefined && { cwes: cwes.join(",") }),
      ...(isWithdrawn !== undefined && { is_withdrawn: isWithdrawn }),
    };
    const { data, headers } = await rest.securityAdvisories.listGlobalAdvisories(ask);
    return { data: { advisories: data.map(listedGlobal), ...nextPage(headers) }, from: [] };
  },
});
