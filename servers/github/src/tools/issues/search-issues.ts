import { s } from "@portico/core";
import { githubTool } from "../shared/github-tool.ts";
import { listUnder } from "../shared/outputs.ts";
import { search, searchInput, searchSpellings } from "./search.ts";

/** Searches issues. */
export const searchIssues = githubTool({
  name: "search_issues",
  toolset: "issues",
  description: "Search issues with GitHub's search syntax.",
  effect: "reads",
  scopes: ["repo"],
  bound: "search",
  input: s.object(searchInput),
  output: listUnder("items"),
  list: "items",
  spellings: searchSpellings,
  run: (args, github, call) => search("issue", args, github, call),
});
