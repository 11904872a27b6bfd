import type { GitHubTool } from "../shared/github-tool.ts";
import { getDependabotAlert } from "./get-dependabot-alert.ts";
import { listDependabotAlerts } from "./list-dependabot-alerts.ts";

/** The tools of the toolset `dependabot`. */
export const dependabotTools: readonly GitHubTool[] = [getDependabotAlert, listDependabotAlerts];
