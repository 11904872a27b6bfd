import { actionsTools } from "./actions/index.ts";
import { codeQualityTools } from "./code-quality/index.ts";
import { codeSecurityTools } from "./code-security/index.ts";
import { copilotTools } from "./copilot/index.ts";
import { copilotIssueIntentsTools } from "./copilot-issue-intents/index.ts";
import { dependabotTools } from "./dependabot/index.ts";
import { discussionsTools } from "./discussions/index.ts";
import { gistsTools } from "./gists/index.ts";
import { gitTools } from "./git/index.ts";
import { labelsTools } from "./labels/index.ts";
import { notificationsTools } from "./notifications/index.ts";
import { orgsTools } from "./orgs/index.ts";
import { projectsTools } from "./projects/index.ts";
import { secretProtectionTools } from "./secret-protection/index.ts";
import { securityAdvisoriesTools } from "./security-advisories/index.ts";
import type { GitHubTool } from "./shared/github-tool.ts";
import { stargazersTools } from "./stargazers/index.ts";
import { usualTools } from "./usual-tools.ts";

/** Every tool there is. */
export const allTools: readonly GitHubTool[] = [
  ...usualTools,
  ...gitTools,
  ...actionsTools,
  ...codeSecurityTools,
  ...codeQualityTools,
  ...dependabotTools,
  ...secretProtectionTools,
  ...securityAdvisoriesTools,
  ...discussionsTools,
  ...gistsTools,
  ...labelsTools,
  ...notificationsTools,
  ...orgsTools,
  ...projectsTools,
  ...stargazersTools,
  ...copilotTools,
  ...copilotIssueIntentsTools,
];
