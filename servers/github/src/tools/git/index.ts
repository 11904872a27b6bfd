import type { GitHubTool } from "../shared/github-tool.ts";
import { getRepositoryTree } from "./get-repository-tree.ts";

/** The tools of the toolset `git`. */
export const gitTools: readonly GitHubTool[] = [getRepositoryTree];
