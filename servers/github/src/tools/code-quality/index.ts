import type { GitHubTool } from "../shared/github-tool.ts";

/** The tools of the toolset `code_quality`. */
export const codeQualityTools: readonly GitHubTool[] = [];
