import type { GitHubTool } from "../shared/github-tool.ts";

/** The tools of the toolset `security_advisories`. */
export const securityAdvisoriesTools: readonly GitHubTool[] = [];
