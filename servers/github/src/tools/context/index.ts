import type { GitHubTool } from "../shared/github-tool.ts";
import { getMe } from "./get-me.ts";

/** The tools of the toolset `context`. */
export const contextTools: readonly GitHubTool[] = [getMe];
