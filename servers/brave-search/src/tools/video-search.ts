import { s } from "@portico/core";
import { braveTool } from "./shared/brave-tool.ts";
import { listed } from "./shared/listed.ts";
import {
  count,
  country,
  freshness,
  offset,
  query,
  safesearch,
  searchLang,
  spellcheck,
  uiLang,
} from "./shared/parameters.ts";
import { items, resultsOf, videos } from "./shared/sections.ts";

/** Results in one answer. */
const USUAL_COUNT = 20;

/** Searches for videos. */
export const videoSearch = braveTool({
  name: "brave_video_search",
  title: "Video Search",
  description: "Search for videos: title, address, duration, creator, views.",
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
  }),
  output: s.object({ results: items, next_offset: s.optional(s.integer()) }),
  async run({ query: q, ...rest }, brave, signal) {
    const answer = await brave.get("videos", {
      parameters: { q, count: USUAL_COUNT, ...rest },
      signal,
    });
    return listed(videos(resultsOf(answer)), rest, USUAL_COUNT);
  },
});
