import type { GitHubTool } from "../shared/github-tool.ts";

/** The tools of the toolset `code_security`. */
export const codeSecurityTools: readonly GitHubTool[] = [];
