import type { GitHubTool } from "../shared/github-tool.ts";
import { listStarredRepositories } from "./list-starred-repositories.ts";
import { starRepository } from "./star-repository.ts";
import { unstarRepository } from "./unstar-repository.ts";

/** The tools of the toolset `stargazers`. */
export const stargazersTools: readonly GitHubTool[] = [
  listStarredRepositories,
  starRepository,
  unstarRepository,
];
