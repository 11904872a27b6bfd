import type { GitHubTool } from "../shared/github-tool.ts";
import { searchOrgs } from "./search-orgs.ts";

/** The tools of the toolset `orgs`. */
export const orgsTools: readonly GitHubTool[] = [searchOrgs];
