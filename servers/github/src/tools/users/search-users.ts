import { searchSpellings } from "../repos/shared/search.ts";
import { githubTool } from "../shared/github-tool.ts";
import { listUnder } from "../shared/outputs.ts";
import { accountsInput, searchAccounts } from "./accounts.ts";

/** Finds people. */
export const searchUsers = githubTool({
  name: "search_users",
  toolset: "users",
  description: "Search users, as `ann location:oslo`.",
  effect: "reads",
  scopes: [],
  bound: "anywhere",
  input: accountsInput,
  output: listUnder("items"),
  list: "items",
  spellings: searchSpellings,
  run: (args, github) => searchAccounts("user", args, github),
});
