import type { GitHubTool } from "../shared/github-tool.ts";
import { createGist } from "./create-gist.ts";
import { getGist } from "./get-gist.ts";
import { listGists } from "./list-gists.ts";
import { updateGist } from "./update-gist.ts";

/** The tools of the toolset `gists`. */
export const gistsTools: readonly GitHubTool[] = [listGists, getGist, createGist, updateGist];
