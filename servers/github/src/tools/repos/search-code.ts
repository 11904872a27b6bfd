import { s } from "@portico/core";
import { stated } from "../../api/stated.ts";
import { githubTool } from "../shared/github-tool.ts";
import { listUnder } from "../shared/outputs.ts";
import {
  admitted,
  searchInput,
  searchPage,
  searchParameters,
  searchSpellings,
} from "./shared/search.ts";

/** Makes GitHub say where in a file it found something. */
const WITH_MATCHES = { accept: "application/vnd.github.text-match+json" };

/** Finds code on default branches. */
export const searchCode = githubTool({
  name: "search_code",
  toolset: "repos",
  description: "Search code, as `foo repo:o/r path:src`.",
  effect: "reads",
  scopes: ["repo"],
  bound: "search",
  input: s.object(searchInput),
  output: listUnder("items"),
  list: "items",
  code: ["fragment"],
  spellings: searchSpellings,
  async run({ sort, ...args }, { rest }, call) {
    const found = await rest.search.code({
      ...searchParameters(args),
      ...(sort === "indexed" && { sort }),
      headers: WITH_MATCHES,
    });
    const { kept, from } = admitted(found.data.items, (item) => item.repository.full_name, call);
    const items = kept.map(({ name, path, sha, repository, text_matches: matches }) =>
      stated({
        name,
        path,
        sha,
        repository: repository.full_name,
        text_matches: matches?.flatMap(({ fragment }) => (fragment ? [{ fragment }] : [])),
      }),
    );
    return { data: searchPage(found, items), from };
  },
});
