import { s } from "@portico/core";
import { checkGoggles } from "../brave/goggles.ts";
import { braveTool } from "./shared/brave-tool.ts";
import { listed } from "./shared/listed.ts";
import {
  count,
  country,
  freshness,
  goggles,
  offset,
  query,
  safesearch,
  searchLang,
  spellcheck,
  uiLang,
} from "./shared/parameters.ts";
import { articles, items, resultsOf } from "./shared/sections.ts";

/** Results in one answer. */
const USUAL_COUNT = 20;

/** Searches the news. */
export const newsSearch = braveTool({
  name: "brave_news_search",
  title: "News Search",
  description:
    "Search recent news articles: title, source, age, excerpt. Cite them by their links.",
  input: s.object({
    query,
    country,
    search_lang: searchLang,
    ui_lang: uiLang,
    count: count(50, USUAL_COUNT),
    offset,
    spellcheck,
    safesearch,
    freshness,
    extra_snippets: s.optional(s.boolean({ default: false })),
    goggles,
  }),
  output: s.object({ results: items, next_offset: s.optional(s.integer()) }),
  async run({ query: q, goggles: ranking, ...rest }, brave, signal) {
    const parameters = { q, count: USUAL_COUNT, ...rest, goggles: checkGoggles(ranking) };
    const answer = await brave.get("news", { parameters, signal });
    return listed(articles(resultsOf(answer)), rest, USUAL_COUNT);
  },
});
