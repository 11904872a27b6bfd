import type { GitHubTool } from "../shared/github-tool.ts";
import { getSecretScanningAlert } from "./get-secret-scanning-alert.ts";
import { listSecretScanningAlerts } from "./list-secret-scanning-alerts.ts";

/** The tools of the toolset `secret_protection`. */
export const secretProtectionTools: readonly GitHubTool[] = [
  getSecretScanningAlert,
  listSecretScanningAlerts,
];
