import { s } from "@portico/core";
import { search, searchInput, searchSpellings } from "../issues/search.ts";
import { githubTool } from "../shared/github-tool.ts";
import { listUnder } from "../shared/outputs.ts";

/** Searches pull requests. */
export const searchPullRequests = githubTool({
  name: "search_pull_requests",
  toolset: "pull_requests",
  description: "Search pull requests with GitHub's search syntax.",
  effect: "reads",
  scopes: ["repo"],
  bound: "search",
  input: s.object(searchInput),
  output: listUnder("items"),
  list: "items",
  spellings: searchSpellings,
  run: (args, github, call) => search("pr", args, github, call),
});
