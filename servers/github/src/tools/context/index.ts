import type { GitHubTool } from "../shared/github-tool.ts";
import { getMe } from "./get-me.ts";
import { getTeamMembers } from "./get-team-members.ts";
import { getTeams } from "./get-teams.ts";

/** The tools of the toolset `context`. */
export const contextTools: readonly GitHubTool[] = [getMe, getTeams, getTeamMembers];
