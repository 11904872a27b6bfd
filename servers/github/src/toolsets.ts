/** What the toolsets are for, in the words their operator and the model read. */
export const TOOLSETS = {
  context: "Who you are on GitHub, and your teams",
  repos: "Repositories: files, branches, commits, releases",
  git: "Trees of files",
  issues: "Issues, their comments and sub-issues",
  pull_requests: "Pull requests, reviews and merging",
  actions: "Workflows, their runs and logs",
  code_security: "Alerts of code scanning",
  code_quality: "Findings of code quality",
  dependabot: "Alerts of Dependabot",
  secret_protection: "Alerts of secret scanning",
  security_advisories: "Security advisories",
  discussions: "Discussions and their comments",
  gists: "Gists",
  labels: "Labels of a repository",
  notifications: "Notifications and subscriptions",
  orgs: "Organizations",
  projects: "Projects, their items and fields",
  stargazers: "Stars",
  users: "Users",
  copilot: "Work for the Copilot coding agent",
  copilot_issue_intents: "Issues for Copilot, with the reasons",
  archived: "Names only the archived server has; they can be called without being listed",
} as const;

/** The name of one. */
export type Toolset = keyof typeof TOOLSETS;

/** Those that are offered when nothing is said. */
export const USUAL_TOOLSETS: readonly Toolset[] = [
  "context",
  "repos",
  "issues",
  "pull_requests",
  "users",
];
