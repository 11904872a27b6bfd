import type { GitHubTool } from "../shared/github-tool.ts";
import { getGlobalSecurityAdvisory } from "./get-global-security-advisory.ts";
import { listGlobalSecurityAdvisories } from "./list-global-security-advisories.ts";
import { listOrgRepositorySecurityAdvisories } from "./list-org-repository-security-advisories.ts";
import { listRepositorySecurityAdvisories } from "./list-repository-security-advisories.ts";

/** The tools of the toolset `security_advisories`. */
export const securityAdvisoriesTools: readonly GitHubTool[] = [
  getGlobalSecurityAdvisory,
  listGlobalSecurityAdvisories,
  listRepositorySecurityAdvisories,
  listOrgRepositorySecurityAdvisories,
];
