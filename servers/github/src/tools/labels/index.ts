import type { GitHubTool } from "../shared/github-tool.ts";
import { getLabel } from "./get-label.ts";
import { labelWrite } from "./label-write.ts";
import { listLabel } from "./list-label.ts";

/** The tools of the toolset `labels`. */
export const labelsTools: readonly GitHubTool[] = [listLabel, getLabel, labelWrite];
