import type { GitHubTool } from "../shared/github-tool.ts";
import { actionsGet } from "./actions-get.ts";
import { actionsList } from "./actions-list.ts";
import { actionsRunTrigger } from "./actions-run-trigger.ts";
import { getJobLogs } from "./get-job-logs.ts";

/** The tools of the toolset `actions`. */
export const actionsTools: readonly GitHubTool[] = [
  actionsGet,
  actionsList,
  actionsRunTrigger,
  getJobLogs,
];
