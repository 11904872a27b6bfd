import type { GitHubTool } from "../shared/github-tool.ts";
import { getCodeScanningAlert } from "./get-code-scanning-alert.ts";
import { listCodeScanningAlerts } from "./list-code-scanning-alerts.ts";

/** The tools of the toolset `code_security`. */
export const codeSecurityTools: readonly GitHubTool[] = [
  getCodeScanningAlert,
  listCodeScanningAlerts,
];
