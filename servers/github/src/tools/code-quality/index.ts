import type { GitHubTool } from "../shared/github-tool.ts";
import { getCodeQualityFinding } from "./get-code-quality-finding.ts";

/** The tools of the toolset `code_quality`. */
export const codeQualityTools: readonly GitHubTool[] = [getCodeQualityFinding];
