import { searchSpellings } from "../repos/shared/search.ts";
import { githubTool } from "../shared/github-tool.ts";
import { listUnder } from "../shared/outputs.ts";
import { accountsInput, searchAccounts } from "../users/accounts.ts";

/** Finds organizations. */
export const searchOrgs = githubTool({
  name: "search_orgs",
  toolset: "orgs",
  description: "Search organizations, as `location:oslo`.",
  effect: "reads",
  scopes: [],
  bound: "anywhere",
  input: accountsInput,
  output: listUnder("items"),
  list: "items",
  spellings: searchSpellings,
  run: (args, github) => searchAccounts("org", args, github),
});
