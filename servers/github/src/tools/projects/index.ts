import type { GitHubTool } from "../shared/github-tool.ts";
import { projectsGet } from "./projects-get.ts";
import { projectsList } from "./projects-list.ts";
import { projectsWrite } from "./projects-write.ts";

/** The tools of the toolset `projects`. */
export const projectsTools: readonly GitHubTool[] = [projectsGet, projectsList, projectsWrite];
