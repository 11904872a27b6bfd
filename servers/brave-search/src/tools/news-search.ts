import { s } from "@portico/core";
import { checkGoggles } from "../brave/goggles.ts";
import { braveTool } from "./shared/brave-tool.ts";
import { listed, listOutput } from "./shared/listed.ts";
import { goggles, listInput, USUAL_COUNT } from "./shared/parameters.ts";
import { articles, resultsOf } from "./shared/sections.ts";

/** Searches the news. */
export const newsSearch = braveTool({
  name: "brave_news_search",
  title: "News Search",
  description:
    "Search recent news articles: title, source, age, excerpt. Cite them by their links.",
  input: s.object({
    ...listInput,
    extra_snippets: s.optional(s.boolean({ default: false })),
    goggles,
  }),
  output: listOutput,
  async run({ query: q, goggles: ranking, ...rest }, brave, signal) {
    const parameters = { q, count: USUAL_COUNT, ...rest, goggles: checkGoggles(ranking) };
    const answer = await brave.get("news", { parameters, signal });
    return listed(articles(resultsOf(answer)), rest);
  },
});
