import { s } from "@portico/core";
import { repositoryShape } from "../../repos/shapes.ts";
import { githubTool } from "../shared/github-tool.ts";
import { listUnder } from "../shared/outputs.ts";
import {
  admitted,
  searchInput,
  searchPage,
  searchParameters,
  searchSpellings,
} from "./shared/search.ts";

/** How GitHub may order them; by another name it orders by how well they fit. */
type Sort = "stars" | "forks" | "help-wanted-issues" | "updated";

/** Finds repositories. */
export const searchRepositories = githubTool({
  name: "search_repositories",
  toolset: "repos",
  description: "Search repositories.",
  effect: "reads",
  scopes: ["repo"],
  bound: "search",
  input: s.object({
    ...searchInput,
    minimal_output: s.optional(s.boolean()),
  }),
  output: listUnder("items"),
  list: "items",
  spellings: searchSpellings,
  async run({ sort, minimal_output: isMinimal = true, ...args }, { rest }, call) {
    const found = await rest.search.repos({
      ...searchParameters(args),
      ...(sort && { sort: sort as Sort }),
    });
    const { kept, from } = admitted(found.data.items, ({ full_name }) => full_name, call);
    const items = isMinimal ? kept.map(repositoryShape) : kept.map(withoutToken);
    return { data: searchPage(found, items), from };
  },
});

/** All that GitHub says, but for the token it lends to clone a private repository with. */
function withoutToken<T extends { readonly temp_clone_token?: unknown }>(repository: T) {
  const { temp_clone_token: _, ...rest } = repository;
  return rest;
}
