import { actionsTools } from "./actions/index.ts";
import { codeQualityTools } from "./code-quality/index.ts";
import { codeSecurityTools } from "./code-security/index.ts";
import { contextTools } from "./context/index.ts";
import { copilotTools } from "./copilot/index.ts";
import { copilotIssueIntentsTools } from "./copilot-issue-intents/index.ts";
import { dependabotTools } from "./dependabot/index.ts";
import { discussionsTools } from "./discussions/index.ts";
import { gistsTools } from "./gists/index.ts";
import { gitTools } from "./git/index.ts";
import { issuesTools } from "./issues/index.ts";
import { labelsTools } from "./labels/index.ts";
import { notificationsTools } from "./notifications/index.ts";
import { orgsTools } from "./orgs/index.ts";
import { projectsTools } from "./projects/index.ts";
import { pullRequestsTools } from "./pull-requests/index.ts";
import { reposTools } from "./repos/index.ts";
import { secretProtectionTools } from "./secret-protection/index.ts";
import { securityAdvisoriesTools } from "./security-advisories/index.ts";
import type { GitHubTool } from "./shared/github-tool.ts";
import { stargazersTools } from "./stargazers/index.ts";
import { usersTools } from "./users/index.ts";

/** Every tool there is, in the order of the toolsets. */
export const allTools: readonly GitHubTool[] = [
  ...contextTools,
  ...reposTools,
  ...gitTools,
  ...issuesTools,
  ...pullRequestsTools,
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
  ...usersTools,
  ...copilotTools,
  ...copilotIssueIntentsTools,
];

const byName: ReadonlyMap<string, GitHubTool> = new Map(allTools.map((tool) => [tool.name, tool]));

/** The tool that is called `name`, whether it is offered or not. */
export const toolNamed = (name: string): GitHubTool | undefined => byName.get(name);
