import { contextTools } from "./context/index.ts";
import { issuesTools } from "./issues/index.ts";
import { pullRequestsTools } from "./pull-requests/index.ts";
import { reposTools } from "./repos/index.ts";
import type { GitHubTool } from "./shared/github-tool.ts";
import { usersTools } from "./users/index.ts";

/** The tools of the toolsets that are offered when nothing is said. */
export const usualTools: readonly GitHubTool[] = [
  ...contextTools,
  ...reposTools,
  ...issuesTools,
  ...pullRequestsTools,
  ...usersTools,
];
