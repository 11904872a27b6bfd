import type { GitHubTool } from "../shared/github-tool.ts";
import { searchUsers } from "./search-users.ts";

/** The tools of the toolset `users`. */
export const usersTools: readonly GitHubTool[] = [searchUsers];
