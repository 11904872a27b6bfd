import { s } from "@portico/core";
import { authorOf, commitShape } from "../../repos/commit-shapes.ts";
import { shownElsewhere } from "../shared/elsewhere.ts";
import { githubTool } from "../shared/github-tool.ts";
import { listUnder } from "../shared/outputs.ts";
import { withheldNote } from "../shared/withheld.ts";
import {
  placeNamed,
  searchInput,
  searchPage,
  searchParameters,
  searchSpellings,
} from "./shared/search.ts";

/** How GitHub may order them; by another name it orders by how well they fit. */
type Sort = "author-date" | "committer-date";

/** Finds commits on default branches by their messages. */
export const searchCommits = githubTool({
  name: "search_commits",
  toolset: "repos",
  isRare: true,
  description: "Search commit messages, as `fix repo:o/r author:a`.",
  effect: "reads",
  scopes: ["repo"],
  bound: "search",
  input: s.object(searchInput),
  output: listUnder("items"),
  list: "items",
  spellings: searchSpellings,
  async run({ sort, ...args }, { rest }, call) {
    const found = await rest.search.commits({
      ...searchParameters(args),
      ...(sort && { sort: sort as Sort }),
    });
    const { kept, withheld, from } = await shownElsewhere(
      found.data.items,
      ({ repository }) => placeNamed(repository.full_name),
      authorOf,
      call,
    );
    const items = kept.map((commit) => ({
      ...commitShape(commit),
      repository: commit.repository.full_name,
    }));
    return { data: searchPage(found, items), note: withheldNote(withheld), from };
  },
});
